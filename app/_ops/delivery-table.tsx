import { getFormatter, getTranslations } from "next-intl/server";
import { Link } from "@/components/ui/link";
import type { listInbox } from "@/lib/operators/read-inbox";
import { ActForm } from "./act-form";
import { type ActWords, readActWords } from "./act-words";
import { OpsTable } from "./ops-table";
import { readUnits } from "./units";

type Delivery = Awaited<ReturnType<typeof listInbox>>["deliveries"][number];

/** Webhooks in rows of a line or two: what each said, what came of it, and the act that applies a task's once more where one can. */
export async function DeliveryTable({ deliveries }: { deliveries: Delivery[] }) {
  const [t, format, units, words] = await Promise.all([
    getTranslations("ops"),
    getFormatter(),
    readUnits(),
    readActWords(),
  ]);
  const canReplayAny = deliveries.some(({ canReplay }) => canReplay);
  return (
    <OpsTable
      label={t("place.webhooks")}
      head={[
        t("begun"),
        t("inbox.result"),
        t("id"),
        t("inbox.said"),
        t("took"),
        ...(canReplayAny ? [t("inbox.again")] : []),
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
          <Said key="said" delivery={delivery} />,
          <span key="took" className="whitespace-nowrap">
            {units.seconds(delivery.lagSeconds)}
          </span>,
          ...(canReplayAny
            ? [<Replay key="replay" delivery={delivery} label={t("inbox.replay")} words={words} />]
            : []),
        ],
      }))}
    />
  );
}

/** The prediction's word; opened, all that was kept of the body and may be read, and how it went through the inbox. */
function Said({ delivery: { prediction, webhookId, tries } }: { delivery: Delivery }) {
  return (
    <details className="max-sm:inline-block max-sm:align-top">
      <summary className="cursor-pointer whitespace-nowrap">{prediction.status}</summary>
      <pre className="min-w-72 whitespace-pre-wrap break-words pb-2 text-xs">
        {JSON.stringify({ webhookId, tries, prediction }, null, 2)}
      </pre>
    </details>
  );
}

type ReplayProps = { delivery: Delivery; label: string; words: ActWords };

function Replay({ delivery: { task, canReplay }, label, words }: ReplayProps) {
  return task !== null && canReplay ? (
    <ActForm
      act={{ act: "replay", generationId: task.generationId }}
      fields={[]}
      submitLabel={label}
      words={words}
    />
  ) : (
    "–"
  );
}
