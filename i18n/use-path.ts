import { usePathname } from "next/navigation";
import { stripLocale } from "./localize-path";

/** Where the reader is, without the language. */
export function usePath(): string {
  return stripLocale(usePathname());
}
