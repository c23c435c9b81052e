import "server-only";
import {
  listModelChanges,
  readFreeUse,
  readPace,
  readStorageGrowth,
  readWebhookLag,
} from "@/db/queries/overview";
import { idFloor } from "@/lib/ids";
import type { Services } from "@/lib/services";
import { floorOf, WINDOW_HOURS, windowFloors } from "./windows";

const PACE_MINUTES = [5, 60];
const MS_PER_MINUTE = 60_000;
const DAY_HOURS = 24;
const WEEK_HOURS = 168;

/**
 * How much comes in, how fast it goes through and what it fills: submits a minute, what has waited longest, the models' last day beside the
 * seven before it, the webhooks' way through the inbox, storage, and this month's free pictures.
 */
export async function readFlow({ db, policy }: Pick<Services, "db" | "policy">) {
  const now = new Date();
  const nowMs = now.getTime();
  const monthMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth());
  const [pace, models, lag, growth, freeUse] = await Promise.all([
    readPace(
      db,
      PACE_MINUTES.map((minutes) => ({
        minutes,
        id: idFloor("generation", nowMs - minutes * MS_PER_MINUTE),
      })),
    ),
    listModelChanges(db, {
      sinceId: floorOf("generation", DAY_HOURS, nowMs),
      beforeId: floorOf("generation", DAY_HOURS + WEEK_HOURS, nowMs),
    }),
    readWebhookLag(db, WINDOW_HOURS),
    readStorageGrowth(db, windowFloors("image", nowMs)),
    readFreeUse(db, { sinceId: idFloor("generation", monthMs), monthlyLimit: policy.freeMonthlyLimit }),
  ]);
  return { pace, models, lag, growth, freeUse };
}

export type Flow = Awaited<ReturnType<typeof readFlow>>;
