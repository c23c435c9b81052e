import "server-only";
import type { Floor } from "@/db/queries/overview";
import { idFloor } from "@/lib/ids";

/** The windows of time that operators read of, in hours: the last hour, day and week. */
export const WINDOW_HOURS = [1, 24, 168] as const;
export type WindowHours = (typeof WINDOW_HOURS)[number];

const MS_PER_HOUR = 3_600_000;

/** The id that so many hours ago begin with. */
export function floorOf(kind: "generation" | "image", hours: number, nowMs = Date.now()): string {
  return idFloor(kind, nowMs - hours * MS_PER_HOUR);
}

/** The windows, each with the id that it begins with. */
export function windowFloors(kind: "generation" | "image", nowMs: number): Floor[] {
  return WINDOW_HOURS.map((hours) => ({ hours, id: floorOf(kind, hours, nowMs) }));
}
