import { getFormatter, getTranslations } from "next-intl/server";
import { Link } from "@/components/ui/link";
import type { searchLedger } from "@/lib/operators/search-ledger";
import { OpsTable } from "./ops-table";
import { UserLink } from "./user-link";

type Entry = NonNullable<Awaited<ReturnType<typeof searchLedger>>>["entries"][number];

/** Entries in rows, each with whose account it is and the way to the task and the receipt that it is about. */
export async function EntryTable({ entries }: { entries: Entry[] }) {
  const [t, format] = await Promise.all([getTranslations("ops"), getFormatter()]);
  const nameAccount = ({ account, unit, period }: Entry) => {
    const name = t(`entries.account.${account}`);
    return unit === "credit" ? name : t("entries.pictures", { account: name, month: period });
  };
  return (
    <OpsTable
      label={t("place.ledger")}
      head={[
        t("begun"),
        t("line"),
        t("entries.accountName"),
        t("person"),
        t("amount"),
        t("balanceAfter"),
        t("reason"),
        t("entries.actor"),
        t("id"),
      ]}
      rows={entries.map((entry) => ({
        key: String(entry.id),
        cells: [
          format.dateTime(entry.createdAt, { dateStyle: "short", timeStyle: "medium" }),
          t(`entry.${entry.kind}`),
          nameAccount(entry),
          entry.userId === null ? (
            "–"
          ) : (
            <UserLink key="user" userId={entry.userId} hasAccount={entry.hasAccount} />
          ),
          format.number(entry.amount, { signDisplay: "always" }),
          entry.balanceAfter === null ? "–" : format.number(entry.balanceAfter),
          entry.reason,
          // Whose account it is stands in the row already; so long a cell twice is wider than a desk.
          entry.actor === `user:${entry.userId}` ? (
            t("person")
          ) : (
            <code key="actor" className="wrap-anywhere">
              {entry.actor}
            </code>
          ),
          entry.generationId === null ? (
            "–"
          ) : (
            <span key="task" className="max-sm:space-x-2 sm:flex sm:flex-col">
              <Link
                href={`/ops/tasks/${entry.generationId}`}
                className="whitespace-nowrap font-mono text-prussian"
              >
                {entry.generationId}
              </Link>
              <Link href={`/credits/receipts/${entry.generationId}`} className="text-prussian">
                {t("receipt")}
              </Link>
            </span>
          ),
        ],
      }))}
    />
  );
}
