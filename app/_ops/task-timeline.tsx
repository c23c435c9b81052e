import { getFormatter, getTranslations } from "next-intl/server";
import type { TimelineEntry } from "@/lib/operators/task-timeline";
import { FigureLink } from "./figure-link";
import { listPath } from "./list-path";
import { OpsTable } from "./ops-table";
import { readUnits } from "./units";

type TaskTimelineProps = { taskId: string; timeline: readonly TimelineEntry[] };

const MS_PER_SECOND = 1_000;

/** All that happened to a task, in order: its states, what came by webhook, what was stored, and what moved in the ledger. */
export async function TaskTimeline({ taskId, timeline }: TaskTimelineProps) {
  const [t, format, units] = await Promise.all([getTranslations("ops"), getFormatter(), readUnits()]);
  const tell = (entry: TimelineEntry) => {
    switch (entry.kind) {
      case "step":
        return [t(`state.${entry.step.state}`), t(`signal.${entry.step.signal}`)];
      case "webhook": {
        const { status, outcome, processedAt } = entry.webhook;
        const came = t(`inbox.outcome.${outcome ?? "waiting"}`);
        return [
          <FigureLink key="webhook" href={listPath("webhooks", { task: taskId })}>
            {t("event.webhook", { status })}
          </FigureLink>,
          processedAt === null
            ? came
            : t("event.applied", {
                outcome: came,
                time: units.seconds((Date.parse(processedAt) - entry.at.getTime()) / MS_PER_SECOND),
              }),
        ];
      }
      case "picture": {
        const { position, sizeBytes, contentType, widthPixels, heightPixels, isPurged } = entry.picture;
        const facts = [units.bytes(sizeBytes), contentType, `${widthPixels} × ${heightPixels}`];
        return [
          t("event.picture", { number: position + 1 }),
          [...facts, ...(isPurged ? [t("event.purged")] : [])].join(" · "),
        ];
      }
      case "movement": {
        const { kind, signal, lines } = entry.movement;
        const moved = lines.map(
          ({ account, amount }) =>
            `${t(`entries.account.${account}`)} ${format.number(amount, { signDisplay: "always" })}`,
        );
        return [
          <FigureLink key="movement" href={`/ops/ledger?q=${taskId}`}>
            {t("event.movement", { entry: t(`entry.${kind}`) })}
          </FigureLink>,
          [...moved, t(`signal.${signal}`)].join(" · "),
        ];
      }
    }
  };
  return (
    <OpsTable
      label={t("timeline")}
      head={[t("begun"), t("event.name"), t("cause")]}
      rows={timeline.map((entry, index) => ({
        key: String(index),
        cells: [
          <span key="at" className="whitespace-nowrap">
            {format.dateTime(entry.at, { dateStyle: "short", timeStyle: "medium" })}
          </span>,
          ...tell(entry),
        ],
      }))}
    />
  );
}
