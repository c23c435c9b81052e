import "server-only";
import { getFormatter } from "next-intl/server";

const BYTE_UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** How operators' screens write what was measured; a dash for what was not. */
export async function readUnits() {
  const format = await getFormatter();
  return {
    seconds: (value: number | null) =>
      value === null
        ? "–"
        : format.number(value, { style: "unit", unit: "second", maximumFractionDigits: 1 }),
    share: (part: number, whole: number) =>
      whole === 0 ? "–" : format.number(part / whole, { style: "percent", maximumFractionDigits: 2 }),
    bytes: (value: number) => {
      const step = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
      const unit = BYTE_UNITS[step] ?? "byte";
      return format.number(value / 1_000 ** step, { style: "unit", unit, maximumFractionDigits: 1 });
    },
  };
}
