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
      emptyListings: z.number(),
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
  /** How many predictions a create may make: two where the gateway doubles it. */
  copies: number;
};

/** Everything that must be true once a run has come to rest. Each sentence is a violation. */
export async function checkRun(lane: Lane, run: RunRecord): Promise<string[]> {
  const [made, books, broken] = await Promise.all([
    readMade(lane, run.promises),
    lane.emulator.books(),
    checkInvariants(lane.database.ownerUrl, { clock: "app_now()" }),
  ]);
  const extras = await readExtras(lane, books);
  return [
    ...broken.map(({ invariant, subject }) => `${invariant}: ${subject}`),
    ...checkPromises(run, made),
    ...checkCredits(run, made),
    ...made.flatMap((generation) => checkUpstream(generation, books, { extras, copies: run.copies })),
    ...checkStrangers(made, books, extras),
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
          'tokenHash', encode(a.token_hash, 'hex'), 'emptyListings', a.empty_listings)), '[]')
          from attempts a where a.generation_id = g.id),
      'assets', (select coalesce(jsonb_agg(jsonb_build_object(
          'storageKey', s.storage_key, 'contentHash', encode(s.content_hash, 'hex'))), '[]')
          from assets s where s.generation_id = g.id)) as made
      from idempotency_keys k join generations g on g.id = k.generation_id
     where k.key = any (string_to_array(${keys.join(" ")}, ' '))`;
  return rows.map(({ made }) => Made.parse(made));
}

/** Which of upstream's predictions were met besides the attempts' own: stopped, and counted. */
async function readExtras({ owner }: Lane, { predictions }: Books): Promise<string[]> {
  const ids = predictions.map(({ id }) => id).join(" ");
  const rows = await owner<{ id: string }[]>`
    select listed.id from unnest(string_to_array(${ids}, ' ')) as listed (id)
     where exists (select from outbox where dedup_key = 'cancel_prediction:' || listed.id)
       and not exists (select from attempts where prediction_id = listed.id)`;
  return rows.map(({ id }) => id);
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

/**
 * What we believe of the upstream is what the upstream has done: all that it lists of a generation is an attempt's own
 * prediction or a counted extra, and there is an extra only where a create was doubled.
 */
function checkUpstream(
  { id, state, attempts }: Made,
  { predictions }: Books,
  { extras, copies }: { extras: readonly string[]; copies: number },
): string[] {
  const own = predictions.filter(({ webhook }) =>
    attempts.some(({ tokenHash }) => tokenHash === tokenHashOf(webhook)),
  );
  const adopted = attempts.flatMap(({ predictionId }) => predictionId ?? []);
  const known = predictions.filter((prediction) => adopted.includes(prediction.id));
  const counted = own.filter((prediction) => extras.includes(prediction.id));
  const unnamed = own.filter((prediction) => !known.includes(prediction) && !counted.includes(prediction));
  return [
    ...(own.length > copies && !attempts.some(wasGivenUp)
      ? [`${id} has ${own.length} predictions of one create`]
      : []),
    ...(own.length > attempts.length * copies
      ? [`${id}: ${own.length} predictions, ${attempts.length} attempts`]
      : []),
    ...unnamed.map((prediction) => `${id}: prediction ${prediction.id} is no attempt's and no counted extra`),
    ...(counted.length > attempts.length * (copies - 1)
      ? [`${id} has counted ${counted.length} extras`]
      : []),
    ...(known.length === adopted.length ? [] : [`${id} has adopted a prediction that upstream never made`]),
    ...(known.every((prediction) => own.includes(prediction)) ? [] : [`${id} has a stranger's prediction`]),
    ...(state === "succeeded" && !known.some(({ status }) => status === "succeeded")
      ? [`${id} succeeded and none of its predictions did`]
      : []),
  ];
}

/** Taken for lost once, whatever it said afterwards: then another create was right. */
function wasGivenUp({ state, emptyListings }: Made["attempts"][number]): boolean {
  return state === "lost" || state === "superseded" || emptyListings >= 2;
}

/** Nothing runs upstream that we know nothing of, and nothing runs any more at all. */
function checkStrangers(made: readonly Made[], { predictions }: Books, extras: readonly string[]): string[] {
  const hashes = new Set(made.flatMap(({ attempts }) => attempts.map(({ tokenHash }) => tokenHash)));
  return predictions.flatMap(({ id, status, webhook }) => [
    ...(hashes.has(tokenHashOf(webhook)) || extras.includes(id) ? [] : [`prediction ${id} is of no attempt`]),
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
