import type { Metadata } from "next";
import { getTimeZone, getTranslations, setRequestLocale } from "next-intl/server";
import { BalancePanel } from "@/app/_credits/balance-panel";
import { Ledger } from "@/app/_credits/ledger";
import { RedeemForm } from "@/app/_credits/redeem-form";
import { UsageChart } from "@/app/_credits/usage-chart";
import { requireVisitor } from "@/app/_shell/find-visitor";
import { toLocale } from "@/i18n/to-locale";
import { CreditsQuery, LedgerFilter } from "@/lib/contracts/credits";
import { listEntries } from "@/lib/credits/list-entries";
import { readBalance } from "@/lib/credits/read-balance";
import { readUsage } from "@/lib/credits/read-usage";
import { listImageModels } from "@/lib/models/list-models";
import { getServices } from "@/lib/services";

type CreditsPageProps = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<{ show?: string | string[] }>;
};

export async function generateMetadata({ params }: CreditsPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: toLocale((await params).locale), namespace: "shell" });
  return { title: t("place.credits") };
}

export default async function CreditsPage({ params, searchParams }: CreditsPageProps) {
  setRequestLocale(toLocale((await params).locale));
  const { userId } = await requireVisitor("/credits");
  const services = getServices();
  const show = LedgerFilter.catch("all").parse((await searchParams).show);
  const timeZone = await getTimeZone();
  const [t, usage, balance, page] = await Promise.all([
    getTranslations("credits"),
    readUsage(services, { userId, timeZone }),
    readBalance(services, userId),
    listEntries(services, { userId, ...CreditsQuery.parse({ show }) }),
  ]);
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-12">
      <div>
        <h1 className="mb-6 font-semibold text-xl tracking-tight">{t("title")}</h1>
        <BalancePanel initial={balance} />
        <p className="mt-6 max-w-prose text-ink-2 text-sm">{t("explanation")}</p>
      </div>
      <RedeemForm />
      <UsageChart days={usage} />
      <Ledger
        key={show}
        show={show}
        firstPage={{ ...balance, ...page }}
        modelTitles={Object.fromEntries(listImageModels().map(({ id, title }) => [id, title]))}
      />
    </div>
  );
}
