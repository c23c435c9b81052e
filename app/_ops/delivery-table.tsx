import { getFormatter, getTranslations } from "next-intl/server";
import { Link } from "@/components/ui/link";
import type { listInbox } from "@/lib/operators/read-inbox";
import { ActForm } from "./act-form";
import { readActWords } from "./act-words";
import { OpsTable } from "./ops-table";

type Delivery = Awaited<ReturnType<typeof listInbox>>["deliveries"][number];

/** Webhooks in rows: what each said, what came of it, and the act that applies a task's once more. */
export async function DeliveryTable({ deliveries }: { deliveries: Delivery[] }) {
  const [t, format, words] = await Promise.all([getTranslations("ops"), getFormatter(), readActWords()]);
  return (
    <OpsTable
      label={t("place.webhooks")}
      head={[
        t("begun"),
        t("inbox.result"),
        t("id"),
        t("inbox.said"),
        t("took"),
        t("inbox.tries"),
        t("inbox.webhookId"),
        t("inbox.again"),
      ]}
      rows={deliveries.map((delivery) => ({
        key: delivery.webhookId,
        cells: [
          format.dateTime(delivery.receivedAt, { dateStyle: "short", timeStyle: "medium" }),
          t(`inbox.outcome.${delivery.outcome ?? "waiting"}`),
          delivery.task === null ? (
            "–"
          ) : (
            <Link
              key="task"
              href={`/ops/tasks/${delivery.task.generationId}`}
              className="whitespace-nowrap font-mono text-prussian"
            >
              {delivery.task.generationId}
            </Link>
          ),
          <Said key="said" prediction={delivery.prediction} />,
          format.number(delivery.lagSeconds, { style: "unit", unit: "second", maximumFractionDigits: 1 }),
          format.number(delivery.tries),
          <code key="webhook">{delivery.webhookId}</code>,
          delivery.task !== null && delivery.canReplay ? (
            <ActForm
              key="replay"
              act={{ act: "replay", generationId: delivery.task.generationId }}
              fields={[]}
              submitLabel={t("replay")}
              words={words}
            />
          ) : (
            "–"
          ),
        ],
      }))}
    />
  );
}

/** The prediction and its word; opened, all that was kept of the body and may be read. */
function Said({ prediction }: { prediction: Delivery["prediction"] }) {
  return (
    <details>
      <summary className="cursor-pointer whitespace-nowrap">
        <code>{prediction.id}</code> · {prediction.status}
      </summary>
      <pre className="min-w-72 whitespace-pre-wrap break-words text-xs">
        {JSON.stringify(prediction, null, 2)}
      </pre>
    </details>
  );
}
