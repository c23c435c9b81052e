import { getTranslations, setRequestLocale } from "next-intl/server";
import { DeliveryTable } from "@/app/_ops/delivery-table";
import { ListFilter } from "@/app/_ops/list-filter";
import { listPath } from "@/app/_ops/list-path";
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
  const task = readWord(query.task);
  const before = readWord(query.before);
  const { deliveries, nextBefore } = await listInbox(getServices(), { state, generationId: task, before });
  const emptiness = nameEmptiness({ before, nextBefore });
  const t = await getTranslations("ops");
  return (
    <OpsFrame place="webhooks">
      <p className="max-w-prose text-ink-2 text-sm">{t("inbox.note")}</p>
      <ListFilter
        states={[null, ...STATES].map((name) => ({
          href: listPath("webhooks", { state: name, task }),
          label: name === null ? t("state.any") : t(`inbox.state.${name}`),
          isChosen: name === state,
        }))}
        narrowedTo={task === null ? [] : [task]}
        allHref={listPath("webhooks", { state })}
      />
      {deliveries.length > 0 ? (
        <DeliveryTable deliveries={deliveries} />
      ) : (
        <p className="text-ink-2">{t(`inbox.empty.${emptiness}`)}</p>
      )}
      {nextBefore && (
        <Link
          href={listPath("webhooks", { state, task, before: nextBefore })}
          className={buttonLook({ className: "self-start" })}
        >
          {t("older")}
        </Link>
      )}
    </OpsFrame>
  );
}
