// Country codes: alpha-3 as the records have them, to the numeric ids of the map's shapes and to names in English.
import codes from "i18n-iso-countries/codes.json";

const numeric = new Map<string, string>();
const alpha2 = new Map<string, string>();
for (const [two, three, number] of codes as unknown as [string, string, string][]) {
  numeric.set(three, number);
  alpha2.set(three, two);
}
const names = typeof Intl.DisplayNames === "function" ? new Intl.DisplayNames(["en"], { type: "region", fallback: "code" }) : null;

export function countryName(alpha3: string | null | undefined): string {
  if (!alpha3) return "";
  if (alpha3 === "XKX") return "Kosovo";
  const two = alpha2.get(alpha3);
  return (two && names?.of(two)) || alpha3;
}

export function numericCode(alpha3: string): string | undefined { return numeric.get(alpha3); }
