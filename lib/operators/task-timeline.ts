import "server-only";
import type { readTraces } from "@/db/queries/operators";
import type { Receipt } from "@/lib/contracts/receipt";

type Traces = Awaited<ReturnType<typeof readTraces>>;

/** Something that happened to a task, as it was written down. */
export type TimelineEntry =
  | { kind: "webhook"; at: Date; webhook: Traces["webhooks"][number] }
  | { kind: "picture"; at: Date; picture: Traces["pictures"][number] }
  | { kind: "step"; at: Date; step: Receipt["steps"][number] }
  | { kind: "movement"; at: Date; movement: Receipt["movements"][number] };

/**
 * All that is known to have happened to a task, in order. What one statement wrote has one time: then a webhook comes before the step that it
 * caused, and a picture before the end, which comes before its money.
 */
export function toTimeline(
  { steps, movements }: Pick<Receipt, "steps" | "movements">,
  { webhooks, pictures }: Traces,
): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    ...webhooks.map((webhook) => ({ kind: "webhook", at: new Date(webhook.receivedAt), webhook }) as const),
    ...pictures.map((picture) => ({ kind: "picture", at: new Date(picture.createdAt), picture }) as const),
    ...inOrder(steps).map(([step, at]) => ({ kind: "step", at, step }) as const),
    ...movements.map(
      (movement) => ({ kind: "movement", at: new Date(movement.createdAt), movement }) as const,
    ),
  ];
  return entries.toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

/** Steps are in their order already; one that waited for a lock may have the earlier time of its statement's beginning. */
function inOrder(steps: Receipt["steps"]): [Receipt["steps"][number], Date][] {
  let latestMs = 0;
  return steps.map((step) => {
    latestMs = Math.max(latestMs, Date.parse(step.at));
    return [step, new Date(latestMs)];
  });
}
