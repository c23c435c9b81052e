import { getTranslations, setRequestLocale } from "next-intl/server";
import { BookChecks } from "@/app/_ops/book-checks";
import { EntryTable } from "@/app/_ops/entry-table";
import { LedgerSearch } from "@/app/_ops/ledger-search";
import { nameEmptiness } from "@/app/_ops/name-emptiness";
import { OpsFrame } from "@/app/_ops/ops-frame";
import { readOpsMetadata } from "@/app/_ops/ops-metadata";
import { readWord } from "@/app/_ops/read-word";
import { requireOperator } from "@/app/_ops/require-operator";
import { buttonLook } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { toLocale } from "@/i18n/to-locale";
import { EntryKind } from "@/lib/contracts/credits";
import { searchLedger } from "@/lib/operators/search-ledger";
import { getServices } from "@/lib/services";

type LedgerProps = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** A day of this century, as a field for days writes it. */
const DAY = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export const generateMetadata = ({ params }: LedgerProps) => readOpsMetadata(params, "ledger");

export default async function LedgerPage({ params, searchParams }: LedgerProps) {
  const locale = toLocale((await params).locale);
  setRequestLocale(locale);
  await requireOperator();
  const query = await searchParams;
  const words = readWord(query.q);
  const kind = EntryKind.options.find((known) => known === query.kind) ?? null;
  const day = typeof query.day === "string" && DAY.test(query.day) ? query.day : null;
  const beforeId = Number(query.before);
  const before = Number.isSafeInteger(beforeId) && beforeId > 0 ? beforeId : null;
  const page = await searchLedger(getServices(), { words, kind, day, before });
  const emptiness = nameEmptiness({ before, nextBefore: page?.nextBefore ?? null });
  const t = await getTranslations("ops");
  const asked = { ...(words && { q: words }), ...(kind && { kind }), ...(day && { day }) };
  return (
    <OpsFrame place="ledger">
      <BookChecks />
      <LedgerSearch locale={locale} words={words} kind={kind} day={day} />
      {page && page.entries.length > 0 && <EntryTable entries={page.entries} />}
      {page?.entries.length === 0 && <p className="text-ink-2">{t(`entries.empty.${emptiness}`)}</p>}
      {page === null && <p className="text-ink-2">{t("entries.nobody", { email: words ?? "" })}</p>}
      {page?.nextBefore && (
        <Link
          href={`/ops/ledger?${new URLSearchParams({ ...asked, before: String(page.nextBefore) })}`}
          className={buttonLook({ className: "self-start" })}
        >
          {t("older")}
        </Link>
      )}
    </OpsFrame>
  );
}
