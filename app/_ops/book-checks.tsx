import clsx from "clsx";
import { getFormatter, getTranslations } from "next-intl/server";
import { readBookChecks } from "@/lib/operators/search-ledger";
import { getServices } from "@/lib/services";
import { OpsFacts } from "./ops-facts";
import { OpsTable } from "./ops-table";

/** What the looks at the books found last, and when; it must be nothing. */
export async function BookChecks() {
  const [checks, t, format] = await Promise.all([
    readBookChecks(getServices()),
    getTranslations("ops"),
    getFormatter(),
  ]);
  const tell = (check: (typeof checks)["drift"]) =>
    check === null ? (
      t("neverChecked")
    ) : (
      <span className={clsx(check.violations > 0 && "font-medium text-bad")}>
        {t("entries.checked", {
          count: check.violations,
          at: format.dateTime(check.at, { dateStyle: "short", timeStyle: "medium" }),
        })}
      </span>
    );
  const found = [checks.drift, checks.whole].flatMap((check) => check?.sample ?? []);
  return (
    <>
      <OpsFacts
        facts={[
          [t("entries.drift"), tell(checks.drift)],
          [t("entries.whole"), tell(checks.whole)],
        ]}
      />
      {found.length > 0 && (
        <OpsTable
          label={t("entries.found")}
          head={[t("entries.invariant"), t("subject")]}
          rows={found.map(({ invariant, subject }, index) => ({
            key: String(index),
            cells: [invariant, <code key="subject">{subject}</code>],
          }))}
        />
      )}
    </>
  );
}
