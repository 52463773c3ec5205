// Memory of those who work: what one call at a time may write, handed out to threads and taken back.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace masudi {

/// Workers that nobody uses now. Thread-safe; as many are made as ever work at once.
template <class Worker>
class Pool {
 public:
  /// One that is idle, else what `make` gives, a std::unique_ptr.
  template <class Make>
  std::unique_ptr<Worker> take(Make&& make) {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto worker = std::move(idle_.back());
        idle_.pop_back();
        return worker;
      }
    }
    return std::forward<Make>(make)();
  }
  void give_back(std::unique_ptr<Worker> worker) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(worker));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Worker>> idle_;
};

}  // namespace masudi
