import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { z } from "zod";
import { inProject } from "@/scripts/launch/paths.mjs";
import { ANSWER, CONTENDERS, CONTROL } from "./bench/contenders";

/**
 * What a call through the gateway class costs beside the calls it could be: every contender in a process of its own, in
 * turn and in random order, against one upstream on this machine that answers at once. One call at a time, then many.
 * Figures are ratios of one run, each to the floor that puts the same bytes on the wire; one floor stands in it twice, and a
 * run in which it differs from itself is of no use.
 */
const ROUNDS = 24;
const CALLS = 200;
const MANY_AT_ONCE = 32;
const MANY_CALLS = 1_000;
const WARM_UP_CALLS = 2_000;
const NOISE_MAX = 0.05;

const Measured = z.object({ p50Us: z.number(), cpuUs: z.number(), callsPerSecond: z.number() });
type Measured = z.infer<typeof Measured>;
type Round = { alone: Measured; many: Measured };

const server = createServer((request, response) => {
  request.resume().on("end", () => response.setHeader("content-type", "application/json").end(ANSWER));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;

const contenders = Object.entries(CONTENDERS).map(([name, { floor }]) => {
  const plainTypes = inProject("scripts", "bench", "plain-types.mjs");
  const child = fork(inProject("scripts", "bench", "contend.ts"), [name, url], {
    execArgv: ["--conditions=react-server", `--import=${plainTypes}`],
  });
  const measure = async (calls: number, atOnce: number): Promise<Measured> => {
    child.send({ calls, atOnce });
    const message: unknown[] = await once(child, "message");
    return Measured.parse(message[0]);
  };
  return { name, floor, child, measure, rounds: [] as Round[] };
});

for (const contender of contenders) {
  await contender.measure(WARM_UP_CALLS, 1);
  await contender.measure(WARM_UP_CALLS, MANY_AT_ONCE);
}
for (let round = 0; round < ROUNDS; round++) {
  const order = contenders
    .map((contender) => ({ contender, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at);
  for (const { contender } of order) {
    const alone = await contender.measure(CALLS, 1);
    const many = await contender.measure(MANY_CALLS, MANY_AT_ONCE);
    contender.rounds.push({ alone, many });
  }
}
for (const { child } of contenders) {
  child.kill();
}
server.close();

const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const rows = contenders.map(({ name, floor, rounds }) => {
  const floorRounds = contenders.find((contender) => contender.name === floor)?.rounds ?? [];
  const medianOf = (read: (round: Round) => number) => median(rounds.map(read));
  // Paired: each round's own floor, so that a slow moment counts on both sides.
  const ratioOf = (read: (round: Round) => number) => {
    const ratios = rounds.map((round, index) => {
      const beside = floorRounds[index];
      return read(round) / (beside ? read(beside) : Number.NaN);
    });
    return Number(median(ratios).toFixed(2));
  };
  return {
    name,
    p50Us: Number(medianOf(({ alone }) => alone.p50Us).toFixed(1)),
    p50Ratio: ratioOf(({ alone }) => alone.p50Us),
    cpuRatio: ratioOf(({ alone }) => alone.cpuUs),
    [`rpsRatio at ${MANY_AT_ONCE}`]: ratioOf(({ many }) => many.callsPerSecond),
  };
});
const control = rows.find(({ name }) => name === CONTROL);
const isUsable = control !== undefined && Math.abs(control.p50Ratio - 1) <= NOISE_MAX;

console.table(rows);
console.log(
  isUsable
    ? "The floor agrees with itself: the run is of use."
    : "The floor differs from itself by more than 5 %: too noisy to be of use.",
);
const at = new Date().toISOString();
const folder = inProject("bench", "results");
mkdirSync(folder, { recursive: true });
const file = path.join(folder, `${at.slice(0, 19).replaceAll(":", "-")}.json`);
writeFileSync(
  file,
  `${JSON.stringify({ at, node: process.version, rounds: ROUNDS, calls: CALLS, manyAtOnce: MANY_AT_ONCE, isUsable, rows }, null, 2)}\n`,
);
console.log(`Written to ${path.relative(inProject(), file)}.`);
process.exit(isUsable ? 0 : 1);
