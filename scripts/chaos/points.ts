import type { Failpoint } from "@/failpoint";

/** The circumstances under which a point is passed at all. */
export type Scene =
  | "plain"
  | "quiet"
  | "unanswered"
  | "undispatched"
  | "unsent"
  | "unstored"
  | "unapplied"
  | "expired"
  | "canceled";

type Point = { point: Failpoint; scene: Scene };

const at = (scene: Scene, ...points: Failpoint[]): Point[] => points.map((point) => ({ point, scene }));

/**
 * 23 boundaries between the nineteen steps of a submit, its dispatch, its webhooks and its storing; six places inside a
 * call or a write; six statements that were committed and whose answer is lost; eight jobs of the sweeper between
 * what they read and what they write.
 */
export const POINTS: readonly Point[] = [
  ...at("plain", "submit.arrived", "submit.parsed", "submit.admitted", "submit.reserved", "submit.answered"),
  ...at("plain", "dispatch.begun", "dispatch.written", "dispatch.answered", "dispatch.read"),
  ...at("plain", "dispatch.recorded"),
  ...at("plain", "webhook.arrived", "webhook.read", "webhook.verified", "webhook.recorded"),
  ...at("plain", "webhook.answered", "webhook.bound", "webhook.done"),
  ...at("plain", "store.begun", "store.fetched", "store.put", "store.checked", "store.settled"),
  ...at("plain", "store.announced"),
  ...at("plain", "translate.flying", "create.flying", "fetch.flying", "put.flying", "check.flying"),
  ...at("quiet", "poll.flying"),
  ...at("plain", "reserve.unheard", "dispatch.unheard", "create.unheard"),
  ...at("plain", "delivery.unheard", "webhook.unheard", "finish.unheard"),
  ...at("undispatched", "sweep.reserved"),
  ...at("unsent", "sweep.dispatching"),
  ...at("unanswered", "sweep.unknown"),
  ...at("quiet", "sweep.running"),
  ...at("unstored", "sweep.storing"),
  ...at("expired", "sweep.expired"),
  ...at("unapplied", "sweep.delivery"),
  ...at("canceled", "sweep.effect"),
];
