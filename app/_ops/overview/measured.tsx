import clsx from "clsx";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

/** A figure; one that misses its target says so in words, too. */
export async function Measured({ isKept, children }: { isKept: boolean; children: ReactNode }) {
  const t = await getTranslations("ops");
  return (
    <span className={clsx(!isKept && "font-medium text-bad")}>
      {children}
      {!isKept && ` · ${t("missed")}`}
    </span>
  );
}
