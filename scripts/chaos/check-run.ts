import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { checkInvariants } from "@/db/check-invariants";
import type { CreditsResponse } from "@/lib/contracts/credits";
import type { Books } from "./emulator";
import type { Lane } from "./lane";
import type { Promised } from "./people";

const ENDED_UPSTREAM = ["succeeded", "failed", "canceled", "aborted"];

const Made = z.object({
  id: z.string(),
  key: z.string(),
  userId: z.string(),
  state: z.string(),
  unit: z.string(),
  heldAmount: z.number(),
  capturedAmount: z.number().nullable(),
  attempts: z.array(
    z.object({
      number: z.number(),
      state: z.string(),
      predictionId: z.string().nullable(),
      tokenHash: z.string(),
    }),
  ),
  assets: z.array(z.object({ storageKey: z.string(), contentHash: z.string() })),
});
type Made = z.infer<typeof Made>;

export type RunRecord = {
  promises: readonly Promised[];
  /** Of each person, before and after. */
  before: readonly CreditsResponse[];
  after: readonly CreditsResponse[];
  mayEndAs: readonly string[];
};

/** Everything that must be true once a run has come to rest. Each sentence is a violation. */
export async function checkRun(lane: Lane, run: RunRecord): Promise<string[]> {
  const [made, books, broken] = await Promise.all([
    readMade(lane, run.promises),
    lane.emulator.books(),
    checkInvariants(lane.database.ownerUrl, { clock: "app_now()" }),
  ]);
  return [
    ...broken.map(({ invariant, subject }) => `${invariant}: ${subject}`),
    ...checkPromises(run, made),
    ...checkCredits(run, made),
    ...made.flatMap((generation) => checkUpstream(generation, books)),
    ...checkStrangers(made, books),
    ...(await Promise.all(made.map((generation) => checkPictures(lane, generation, books)))).flat(),
  ];
}

async function readMade({ owner }: Lane, promises: readonly Promised[]): Promise<Made[]> {
  const keys = promises.map(({ key }) => key);
  const rows = await owner`
    select jsonb_build_object(
      'id', g.id, 'key', k.key, 'userId', g.user_id, 'state', g.state, 'unit', g.unit,
      'heldAmount', g.held_amount, 'capturedAmount', g.captured_amount,
      'attempts', (select coalesce(jsonb_agg(jsonb_build_object(
          'number', a.number, 'state', a.state, 'predictionId', a.prediction_id,
          'tokenHash', encode(a.token_hash, 'hex'))), '[]') from attempts a where a.generation_id = g.id),
      'assets', (select coalesce(jsonb_agg(jsonb_build_object(
          'storageKey', s.storage_key, 'contentHash', encode(s.content_hash, 'hex'))), '[]')
          from assets s where s.generation_id = g.id)) as made
      from idempotency_keys k join generations g on g.id = k.generation_id
     where k.key = any (string_to_array(${keys.join(" ")}, ' '))`;
  return rows.map(({ made }) => Made.parse(made));
}

/** Each acknowledged answer is still true, and nothing was made that nobody asked for. */
function checkPromises({ promises, mayEndAs }: RunRecord, made: readonly Made[]): string[] {
  return promises.flatMap(({ key, person, answer, end }) => {
    const own = made.filter((generation) => generation.key === key);
    const [generation] = own;
    if (own.length !== 1 || !generation) {
      return [`the key ${key} has made ${own.length} generations`];
    }
    const { id, state, userId, unit, heldAmount, capturedAmount } = generation;
    const cost = unit === "credit" ? heldAmount : 0;
    const seen = end && {
      status: end.status,
      refunded: end.refunded,
    };
    const refunded = unit === "credit" ? heldAmount - (capturedAmount ?? 0) : 0;
    return [
      ...(answer?.id === id ? [] : [`${key} was answered with ${answer?.id} and has made ${id}`]),
      ...(answer?.cost === cost ? [] : [`${id} was to cost ${answer?.cost} and holds ${cost}`]),
      ...(userId === person.id ? [] : [`${id} belongs to ${userId}, not to ${person.id}`]),
      ...(mayEndAs.includes(state) || isLostTwice(generation)
        ? []
        : [`${id} ended as ${state}, not as ${mayEndAs.join(" or ")}`]),
      ...(seen?.status === state ? [] : [`${id} is ${state} and was shown as ${seen?.status}`]),
      ...(seen?.refunded === refunded ? [] : [`${id} shows ${seen?.refunded} given back, not ${refunded}`]),
    ];
  });
}

/** Two creates that left no trace are given up, and everything goes back: a third might be the third that runs. */
function isLostTwice({ state, attempts }: Made): boolean {
  return state === "failed" && attempts.length === 2 && attempts.every((attempt) => attempt.state === "lost");
}

/** No credit was lost or doubled: what is gone is what was captured, and nothing is still set aside. */
function checkCredits({ promises, before, after }: RunRecord, made: readonly Made[]): string[] {
  const owners = [...new Set(promises.map(({ person }) => person.id))];
  const spentBy = (userId: string, unit: string) =>
    made
      .filter((generation) => generation.userId === userId && generation.unit === unit)
      .reduce((sum, { capturedAmount }) => sum + (capturedAmount ?? 0), 0);
  const idOf = (index: number) => owners[index] ?? "";
  return before.flatMap((then, index) => {
    const now = after[index];
    const credits = then.available - spentBy(idOf(index), "credit");
    const pictures = then.freeRemaining - spentBy(idOf(index), "picture");
    return now?.available === credits && now.held === 0 && now.freeRemaining === pictures
      ? []
      : [
          `somebody has ${now?.available} (+${now?.held} held, ${now?.freeRemaining} free), not ${credits} and ${pictures}`,
        ];
  });
}

const tokenHashOf = (webhook: string | null) =>
  createHash("sha256")
    .update(URL.parse(webhook ?? "")?.searchParams.get("attempt") ?? "")
    .digest("hex");

/** What we believe of the upstream is what the upstream has done. */
function checkUpstream({ id, state, attempts }: Made, { predictions }: Books): string[] {
  const own = predictions.filter(({ webhook }) =>
    attempts.some(({ tokenHash }) => tokenHash === tokenHashOf(webhook)),
  );
  const isLost = attempts.some((attempt) => attempt.state === "lost" || attempt.state === "superseded");
  const adopted = attempts.flatMap(({ predictionId }) => predictionId ?? []);
  const known = predictions.filter((prediction) => adopted.includes(prediction.id));
  return [
    ...(own.length > 1 && !isLost ? [`${id} has ${own.length} predictions of one create`] : []),
    ...(own.length > attempts.length
      ? [`${id}: ${own.length} predictions, ${attempts.length} attempts`]
      : []),
    ...(known.length === adopted.length ? [] : [`${id} has adopted a prediction that upstream never made`]),
    ...(known.every((prediction) => own.includes(prediction)) ? [] : [`${id} has a stranger's prediction`]),
    ...(state === "succeeded" && !known.some(({ status }) => status === "succeeded")
      ? [`${id} succeeded and none of its predictions did`]
      : []),
  ];
}

/** Nothing runs upstream that we know nothing of, and nothing runs any more at all. */
function checkStrangers(made: readonly Made[], { predictions }: Books): string[] {
  const hashes = new Set(made.flatMap(({ attempts }) => attempts.map(({ tokenHash }) => tokenHash)));
  return predictions.flatMap(({ id, status, webhook }) => [
    ...(hashes.has(tokenHashOf(webhook)) ? [] : [`prediction ${id} is of no attempt`]),
    ...(ENDED_UPSTREAM.includes(status) ? [] : [`prediction ${id} is still ${status}`]),
  ]);
}

/** Each picture is in storage, byte for byte as upstream gave it out. */
async function checkPictures(
  { storageFolder }: Lane,
  { id, assets }: Made,
  { files }: Books,
): Promise<string[]> {
  const problems = await Promise.all(
    assets.map(async ({ storageKey, contentHash }) => {
      const bytes = await readFile(path.join(storageFolder, storageKey)).catch(() => undefined);
      const hash = bytes && createHash("sha256").update(bytes).digest("hex");
      if (hash !== contentHash) {
        return `${id}: ${storageKey} is ${hash ? "another file" : "not in storage"}`;
      }
      const isServed = files.some((file) => file.isWhole && file.sha256 === contentHash);
      return isServed ? "" : `${id}: ${storageKey} is nothing that upstream gave out`;
    }),
  );
  return problems.filter((problem) => problem !== "");
}
