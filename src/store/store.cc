namespace masudi {
int store_links();
int store_links() { return 0; }
}  // namespace masudi
