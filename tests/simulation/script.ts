import { createHash } from "node:crypto";
import fc from "fast-check";
import { POLICY, REQUEST } from "@/tests/support/generations";

/** What may happen to one person's pictures and credits. Numbers choose: which picture, how many, how long. */
export const COMMANDS = [
  "submit",
  "submit free",
  "resubmit",
  "resubmit changed",
  "dispatch",
  "all goes well",
  "create answered",
  "webhook processing",
  "webhook succeeded",
  "webhook failed",
  "webhook canceled",
  "poll succeeded",
  "webhook repeated",
  "webhook of another attempt",
  "webhook of nobody",
  "second prediction",
  "create unanswered",
  "create throttled",
  "create refused",
  "empty listing",
  "store",
  "store late",
  "cancel",
  "fail",
  "deadline",
  "tick",
  "crash",
  "refund",
  "redeem",
  "grant",
  "claw back",
  "month turns",
  "leave",
  "look",
] as const;
export type Command = (typeof COMMANDS)[number];

/** Frequent enough that most pictures get somewhere, rare enough that everything else gets in between. */
const WEIGHTS: Partial<Record<Command, number>> = {
  submit: 30,
  "all goes well": 16,
  refund: 8,
  dispatch: 30,
  "create answered": 10,
  "webhook succeeded": 24,
  store: 30,
  deadline: 5,
  crash: 5,
  "month turns": 1,
  leave: 1,
};

export const world = fc.array(
  fc.record({
    command: fc.oneof(
      ...COMMANDS.map((command) => ({ weight: WEIGHTS[command] ?? 2, arbitrary: fc.constant(command) })),
    ),
    pick: fc.nat(1_000),
    count: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 200, size: "max" },
);
export type World = { command: Command; pick: number; count: number }[];

/** One call of a door at one moment of the virtual clock. `isLost`: the process dies before it is committed. */
export type Step = { at: string; call: string; door: string; isLost: boolean; about: About };
/** What the oracle must know of a call besides its answer. */
export type About = {
  id?: string;
  key?: string;
  hash?: string;
  amount?: number;
  count?: number;
  unit?: "credit" | "picture";
  /** The token of an attempt that begins. */
  token?: string;
  /** What is said of a prediction, and under which token. */
  word?: { prediction: string; status: string; token: string | null };
};

export const PRICE = 10;
const DEADLINE_SECONDS = 900;
export const SIGNUP = 120;
export const MONTHLY = 5;
const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
const json = (value: unknown) => `${text(JSON.stringify(value))}::jsonb`;
const hex = (value: string) => `'\\x${createHash("sha256").update(value).digest("hex")}'::bytea`;

type Known = {
  id: string;
  key: string;
  unit: "credit" | "picture";
  count: number;
  tokens: string[];
  predictions: string[];
};

/** The calls that a world's commands come to. Every id is chosen here, so no call waits for another's answer. */
export function writeScript(
  name: string,
  commands: World,
  startsAt: Date,
): { userId: string; code: string; steps: Step[] } {
  const userId = `usr_${name}`;
  const code = `CODE${name}`;
  const known: Known[] = [];
  const steps: Step[] = [];
  let nowMs = startsAt.getTime();
  let serial = 0;
  let isLost = false;
  const add = (door: string, args: string[], about: About = {}) => {
    steps.push({
      at: new Date(nowMs).toISOString(),
      call: `select ${door}(${args.join(", ")})`,
      door,
      isLost,
      about,
    });
    nowMs += 250;
  };
  const apply = (
    target: Known,
    prediction: string,
    status: string,
    token: string | null,
    source = "webhook",
  ) =>
    add(
      "apply_prediction",
      [
        json({
          id: prediction,
          status,
          outputs: status === "succeeded" ? ["https://replicate.delivery/x.webp"] : [],
          reason: null,
          detail: null,
        }),
        token === null ? "null" : hex(token),
        text(source),
      ],
      { id: target.id, word: { prediction, status, token } },
    );
  const submit = (target: Known, hash = "same") =>
    add(
      "reserve_generation",
      [
        text(userId),
        text(target.key),
        hex(hash),
        json({
          ...REQUEST,
          id: target.id,
          unit: target.unit,
          unitPrice: target.unit === "credit" ? PRICE : 1,
          outputCount: target.count,
        }),
        json({
          ...POLICY,
          freeMonthlyLimit: MONTHLY,
          deadlineSeconds: DEADLINE_SECONDS,
          rateKey: `generate:${userId}`,
        }),
      ],
      { id: target.id, key: target.key, hash, unit: target.unit, count: target.count },
    );
  const dispatch = (target: Known): string => {
    const fresh = `${target.id}#${target.tokens.length + 1}`;
    target.tokens.push(fresh);
    target.predictions.push(`pred_${fresh}`);
    add("begin_dispatch", [text(target.id), hex(fresh)], { id: target.id, token: fresh });
    return fresh;
  };
  const store = (target: Known, door: string, stored: number) => {
    const assets = Array.from({ length: stored }, (_, position) => ({
      id: `img_${name}_${steps.length}_${position}`,
      position,
      storageKey: `outputs/${name}/${steps.length}-${position}`,
      contentType: "image/webp",
      sizeBytes: 1,
      contentHash: "00",
      widthPixels: 1,
      heightPixels: 1,
      preview: null,
    }));
    add(door, [text(target.id), json(assets)], { id: target.id, count: stored });
  };
  const look = () => add("read_balance", [text(userId), "0", String(MONTHLY)]);

  add("open_wallet", [text(userId), String(SIGNUP)]);
  add("make_redeem_codes", [
    json([createHash("sha256").update(code).digest("hex")]),
    "40",
    "1",
    "null",
    "'operator:sim'",
    "'sim'",
  ]);
  for (const { command, pick, count } of commands) {
    if (command === "submit" || command === "submit free") {
      serial += 1;
      const unit = command === "submit" ? "credit" : "picture";
      const target: Known = {
        id: `gen_${name}_${serial}`,
        key: `key-${name}-${serial}`,
        unit,
        count,
        tokens: [],
        predictions: [],
      };
      known.push(target);
      submit(target);
      isLost = false;
      continue;
    }
    // The newest few are where things happen; a refund, and now and then anything else, is about an old one.
    const back = pick % (command === "refund" || pick % 5 === 0 ? known.length || 1 : 3);
    const target = known[known.length - 1 - back] ?? known[0];
    if (!target) {
      continue;
    }
    const number = target.tokens.length;
    const token = target.tokens[pick % Math.max(1, number)] ?? null;
    const prediction = target.predictions[pick % Math.max(1, number)] ?? `pred_${target.id}_early`;
    const id = text(target.id);
    switch (command) {
      case "resubmit":
        submit(target);
        break;
      case "resubmit changed":
        submit(target, "changed");
        break;
      case "dispatch":
        dispatch(target);
        break;
      case "all goes well": {
        const fresh = dispatch(target);
        apply(target, `pred_${fresh}`, "succeeded", fresh);
        store(target, "finish_storing", target.count);
        break;
      }
      case "create answered":
        apply(target, prediction, "starting", token, "create");
        break;
      case "webhook processing":
      case "webhook succeeded":
      case "webhook failed":
      case "webhook canceled":
        apply(target, prediction, command.slice("webhook ".length), token);
        break;
      case "webhook repeated":
        apply(target, prediction, "succeeded", token);
        apply(target, prediction, "succeeded", token);
        break;
      case "poll succeeded":
        apply(target, prediction, "succeeded", null, "poll");
        break;
      case "webhook of another attempt":
        apply(target, prediction, "succeeded", known[pick % known.length]?.tokens.at(-1) ?? null);
        break;
      case "webhook of nobody":
        apply(target, `pred_nobody_${pick}`, "succeeded", null);
        break;
      case "second prediction":
        apply(target, `${prediction}_again`, "processing", token);
        break;
      case "create unanswered":
        add("mark_unanswered", [id, String(Math.max(1, number)), "'sim'"], { id: target.id });
        break;
      case "create throttled":
        add(
          "put_off_attempt",
          [id, String(Math.max(1, number)), token === null ? "null" : hex(token), "1", "'sim'"],
          { id: target.id },
        );
        break;
      case "create refused":
        add("reject_attempt", [id, String(Math.max(1, number)), "'invalid_input'", "'sim'"], {
          id: target.id,
        });
        break;
      case "empty listing":
        nowMs += 100_000;
        // Now and then it is said a second time, as by a step whose answer was lost.
        add("note_unlisted", [id, "null", pick % 4 ? "null" : "0"], { id: target.id });
        break;
      case "store":
      case "store late":
        store(target, command === "store" ? "finish_storing" : "finish_late", Math.min(count, target.count));
        break;
      case "cancel":
        add("cancel_generation", [text(userId), id], { id: target.id });
        break;
      case "fail":
        add(
          "fail_generation",
          [id, text(pick % 2 ? "running" : "storing"), "'sweep'", "'internal'", "'sim'"],
          { id: target.id },
        );
        break;
      case "deadline":
        nowMs += DEADLINE_SECONDS * 1_000;
        add("expire_generation", [id], { id: target.id });
        break;
      case "tick":
        nowMs += pick * 1_000;
        break;
      case "crash":
        // The next call is made and its process dies before the commit; whoever comes next finds nothing of it.
        isLost = true;
        continue;
      case "refund":
        add("refund_generation", [id, pick % 3 ? "null" : String(count * PRICE), "'operator:sim'", "'sim'"], {
          id: target.id,
          ...(pick % 3 ? {} : { amount: count * PRICE }),
        });
        break;
      case "redeem":
        add("redeem_code", [text(userId), hex(pick % 3 ? code : `none${pick}`), "0", "100000", "1"], {
          key: pick % 3 ? code : "none",
        });
        break;
      case "grant":
        add(
          "grant_credits",
          [text(userId), String(count * 5), text(`${name}-${pick % 8}`), "'operator:sim'", "'sim'"],
          { key: String(pick % 8), amount: count * 5 },
        );
        break;
      case "claw back":
        add(
          "claw_back_credits",
          [text(userId), String(count * 5), text(`${name}-${pick % 8}`), "'operator:sim'", "'sim'"],
          { key: String(pick % 8), amount: count * 5 },
        );
        break;
      case "month turns": {
        const date = new Date(nowMs);
        nowMs = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) - 100;
        look();
        add("expire_buckets", ["1000"]);
        break;
      }
      case "leave":
        add("schedule_erasure", [text(userId), "0"]);
        add("erase_due_person", []);
        break;
      case "look":
        look();
        break;
    }
    isLost = false;
  }
  // Whatever is still under way ends by the clock, and then nothing is held.
  isLost = false;
  nowMs += DEADLINE_SECONDS * 1_000;
  for (const { id } of known) {
    add("expire_generation", [text(id)], { id });
  }
  look();
  return { userId, code, steps };
}
