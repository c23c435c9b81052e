import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { Failpoint } from "@/failpoint";
import { inProject } from "../launch/paths.mjs";
import { POINTS, type Scene } from "./points";
import type { Planned } from "./run-all";
import { SCENES } from "./scenes";
import type { Action } from "./schedule";

const FILE = inProject("tests", "chaos", "kept-schedules.json");
const ACTIONS: readonly Action[] = ["kill", "throw", "delay", "cut", "crash", "stop"];

/** A schedule in full: a seed alone would name another one as soon as anything is added to what is drawn from. */
const Kept = z.array(
  z.object({
    seed: z.int(),
    schedule: z.object({
      name: z.string(),
      scene: z.custom<Scene>((scene) => typeof scene === "string" && scene in SCENES, "no such scene"),
      faults: z.array(
        z.object({
          point: z.custom<Failpoint>((name) => POINTS.some(({ point }) => point === name), "no such point"),
          passes: z.array(z.int()),
          action: z.enum(ACTIONS),
        }),
      ),
      submits: z.array(
        z.object({
          person: z.union([z.literal(0), z.literal(1)]),
          model: z.string(),
          prompt: z.string(),
          numOutputs: z.int(),
        }),
      ),
      upstream: z.array(z.string()),
    }),
  }),
);

/** Schedules of the random stream that have failed once, with the seed of the emulator's chances. */
export function readKept(): Planned[] {
  return Kept.parse(JSON.parse(readFileSync(FILE, "utf8")));
}

/** Adds schedules that have failed. */
export function keep(failed: readonly Planned[]): void {
  const all = [...readKept(), ...failed];
  const kept = new Map(all.map((planned) => [JSON.stringify(planned), planned]));
  writeFileSync(FILE, `${JSON.stringify([...kept.values()], null, 2)}\n`);
}
