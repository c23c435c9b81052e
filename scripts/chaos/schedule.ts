import { createSeededRandom } from "@/components/latent-print/seeded-random";
import type { Failpoint } from "@/failpoint";
import { POINTS, type Scene } from "./points";

/** The four of every point, and three that strike a whole process or server. */
export const POINT_ACTIONS = ["kill", "throw", "delay", "cut"] as const;
export type Action = (typeof POINT_ACTIONS)[number] | "crash" | "stop";

/** What strikes where: at these passings of the point, counted from 1 over every process of the run. */
export type Fault = { point: Failpoint; passes: readonly number[]; action: Action };

export type Submit = { person: 0 | 1; model: string; prompt: string; numOutputs: number };

/** One run: what people do, what the upstream does, and what strikes. */
export type Schedule = {
  name: string;
  scene: Scene;
  faults: readonly Fault[];
  submits: readonly Submit[];
  /** Named faults of the emulator, besides the scene's own. */
  upstream: readonly string[];
};

const PICTURE: Submit = { person: 0, model: "flux-schnell", prompt: "a fox in the snow", numOutputs: 1 };
/** Not English, so that it is translated first; two pictures, so that one may be there and the other not. */
const TWO_PICTURES: Submit = { person: 1, model: "flux-dev", prompt: "雪地里的一只狐狸", numOutputs: 2 };

/** Every point, with every action, once and then again when the step is done anew. */
export function singleSchedules(): Schedule[] {
  return POINTS.flatMap(({ point, scene }) =>
    POINT_ACTIONS.flatMap((action) =>
      [[1], [1, 2]].map((passes) => ({
        name: `${point} ${action}${passes.length > 1 ? " twice" : ""}`,
        scene,
        faults: [{ point, passes, action }],
        submits: [PICTURE, TWO_PICTURES],
        upstream: [],
      })),
    ),
  );
}

/** PostgreSQL dies in the midst of each step that writes, and the whole process stands still past its leases. */
export function serverSchedules(): Schedule[] {
  const points = POINTS.filter(({ point }) => !point.startsWith("sweep."));
  return (["crash", "stop"] as const).flatMap((action) =>
    points.map(({ point, scene }) => ({
      name: `${point} ${action}`,
      scene,
      faults: [{ point, passes: [1], action }],
      submits: [PICTURE, TWO_PICTURES],
      upstream: [],
    })),
  );
}

const RANDOM_ACTIONS: readonly Action[] = ["kill", "kill", "throw", "delay", "cut", "cut", "crash", "stop"];
const RANDOM_SCENES: readonly Scene[] = ["plain", "plain", "plain", "quiet", "unanswered", "canceled"];
const RANDOM_MODELS = ["flux-schnell", "flux-dev", "flux-freeSchnell"] as const;

/** What an upstream may do on any day, by the emulator's names. */
const UPSTREAM = [
  "webhook-duplicate",
  "webhook-drop-half",
  "webhook-swap",
  "webhook-early-completed",
  "webhook-contradiction",
  "create-accepted-then-502",
  "create-truncated",
  "create-500",
  "create-429-once",
  "run-failed-half",
  "run-aborted",
  "get-500",
  "reads-lag",
  "file-503-once",
];

/** The gateway may have asked twice for what we asked once, besides anything else that goes wrong. */
export const DOUBLED = "gateway-duplicates-creates";

/** The schedule of a seed: the same one each time. What is new is drawn last, so that a seed keeps what it had before. */
export function randomSchedule(seed: number): Schedule {
  const { whole: count, isHeads } = createSeededRandom(seed);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[count(0, items.length - 1)];
    if (item === undefined) {
      throw new Error("nothing to pick from");
    }
    return item;
  };
  const scene = pick(RANDOM_SCENES);
  return {
    name: `seed ${seed}`,
    scene,
    faults: Array.from({ length: count(1, 4) }, () => ({
      point: pick(POINTS).point,
      passes: [count(1, 4)],
      action: pick(RANDOM_ACTIONS),
    })),
    submits: Array.from({ length: count(2, 5) }, () => {
      const model = pick(RANDOM_MODELS);
      return {
        person: pick([0, 1] as const),
        model,
        prompt: pick([PICTURE.prompt, TWO_PICTURES.prompt]),
        numOutputs: model === "flux-dev" ? count(1, 3) : 1,
      };
    }),
    upstream: [...(isHeads() ? [pick(UPSTREAM)] : []), ...(count(1, 6) === 1 ? [DOUBLED] : [])],
  };
}
