import "server-only";
import { type InboxState, listDeliveries } from "@/db/queries/inbox";
import type { Services } from "@/lib/services";

const DELIVERIES_A_PAGE = 50;
const ENDED: ReadonlySet<string> = new Set(["succeeded", "failed", "canceled"]);

/** A page of the webhooks that providers sent, of all or to the addresses of one task, and whether each may be applied once more. */
export async function listInbox(
  { db }: Pick<Services, "db">,
  filter: { state: InboxState | null; generationId: string | null; before: string | null },
) {
  const { deliveries, nextBefore } = await listDeliveries(db, { ...filter, limit: DELIVERIES_A_PAGE });
  return {
    deliveries: deliveries.map((delivery) => ({ ...delivery, canReplay: canReplay(delivery) })),
    nextBefore,
  };
}

type Delivery = Awaited<ReturnType<typeof listDeliveries>>["deliveries"][number];

/** One that was applied or left aside has nothing more to tell a task that has ended. */
function canReplay({ task, outcome }: Delivery): boolean {
  const isOpen = outcome === null || outcome === "dead";
  return task?.isAddressed === true && (isOpen || !ENDED.has(task.state));
}
