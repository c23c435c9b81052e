import clsx from "clsx";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { DeliveryTable } from "@/app/_ops/delivery-table";
import { nameEmptiness } from "@/app/_ops/name-emptiness";
import { OpsFrame } from "@/app/_ops/ops-frame";
import { readOpsMetadata } from "@/app/_ops/ops-metadata";
import { readWord } from "@/app/_ops/read-word";
import { requireOperator } from "@/app/_ops/require-operator";
import { buttonLook } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { toLocale } from "@/i18n/to-locale";
import { listInbox } from "@/lib/operators/read-inbox";
import { getServices } from "@/lib/services";

type WebhooksProps = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const STATES = ["waiting", "applied", "ignored", "dead"] as const;

export const generateMetadata = ({ params }: WebhooksProps) => readOpsMetadata(params, "webhooks");

export default async function WebhooksPage({ params, searchParams }: WebhooksProps) {
  setRequestLocale(toLocale((await params).locale));
  await requireOperator();
  const query = await searchParams;
  const state = STATES.find((known) => known === query.state) ?? null;
  const before = readWord(query.before);
  const { deliveries, nextBefore } = await listInbox(getServices(), { state, before });
  const emptiness = nameEmptiness({ before, nextBefore });
  const t = await getTranslations("ops");
  return (
    <OpsFrame place="webhooks">
      <p className="max-w-prose text-ink-2 text-sm">{t("inbox.note")}</p>
      <nav aria-label={t("filter")} className="flex flex-wrap gap-x-4">
        {[null, ...STATES].map((name) => (
          <Link
            key={name}
            href={name ? `/ops/webhooks?state=${name}` : "/ops/webhooks"}
            aria-current={name === state ? "true" : undefined}
            className={clsx(
              "inline-flex min-h-8 items-center text-sm coarse:min-h-control",
              name === state ? "font-medium underline underline-offset-4" : "text-ink-2 hover:text-ink",
            )}
          >
            {name === null ? t("state.any") : t(`inbox.state.${name}`)}
          </Link>
        ))}
      </nav>
      {deliveries.length > 0 ? (
        <DeliveryTable deliveries={deliveries} />
      ) : (
        <p className="text-ink-2">{t(`inbox.empty.${emptiness}`)}</p>
      )}
      {nextBefore && (
        <Link
          href={`/ops/webhooks?${new URLSearchParams({ ...(state && { state }), before: nextBefore })}`}
          className={buttonLook({ className: "self-start" })}
        >
          {t("older")}
        </Link>
      )}
    </OpsFrame>
  );
}
