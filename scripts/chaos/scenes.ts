import type { Scene } from "./points";
import type { Fault } from "./schedule";

export type SceneSetting = {
  /** The emulator's faults, by name. */
  upstream: readonly string[];
  /** What goes wrong first, so that the sweeper has something to do. It is no part of what is tested. */
  leads: readonly Fault[];
  /** What happens once everything was submitted. */
  afterwards?: "cancel" | "expire";
  /** How every generation must end when nothing but one fault strikes. */
  ends: readonly ("succeeded" | "failed" | "canceled")[];
};

const GOOD = ["succeeded"] as const;
const throws = (point: Fault["point"], passes = [1, 2, 3]): Fault => ({ point, passes, action: "throw" });

export const SCENES: Record<Scene, SceneSetting> = {
  plain: { upstream: [], leads: [], ends: GOOD },
  quiet: { upstream: ["webhook-drop-all"], leads: [], ends: GOOD },
  unanswered: { upstream: ["webhook-drop-all", "create-accepted-then-reset"], leads: [], ends: GOOD },
  undispatched: { upstream: [], leads: [throws("dispatch.begun")], ends: GOOD },
  unsent: { upstream: [], leads: [throws("dispatch.written", [1, 2])], ends: GOOD },
  unstored: { upstream: [], leads: [throws("store.fetched")], ends: GOOD },
  unapplied: { upstream: [], leads: [throws("webhook.answered")], ends: GOOD },
  expired: {
    upstream: ["webhook-drop-all", "run-processing-forever"],
    leads: [],
    afterwards: "expire",
    ends: ["failed"],
  },
  canceled: {
    upstream: ["run-slow"],
    leads: [],
    afterwards: "cancel",
    ends: ["succeeded", "canceled"],
  },
};
