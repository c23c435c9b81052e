import { z } from "zod";
import { createAttemptBook } from "./attempt-book";
import { MONTHLY, PRICE, SIGNUP, type Step } from "./script";

/** What a door answered. */
export const Answer = z.looseObject({
  outcome: z.string().optional(),
  state: z.string().nullish(),
  reason: z.string().optional(),
  available: z.number().optional(),
  held: z.number().optional(),
  freeRemaining: z.number().optional(),
  balance: z.number().optional(),
  userId: z.string().optional(),
  generationId: z.string().optional(),
  granted: z.number().optional(),
  taken: z.number().optional(),
  amount: z.number().optional(),
  number: z.number().optional(),
});
type Answer = z.infer<typeof Answer>;

type Purse = { available: number; held: number };
type Picture = {
  purse: Purse;
  price: number;
  count: number;
  hash: string;
  key: string;
  end: "succeeded" | "failed" | "canceled" | null;
  isStoring: boolean;
  captured: number;
  refunded: number;
  isLateStored: boolean;
};

/** A person's account as the database has it. */
export type PurseRow = { period: string; kind: string; balance: number };

const ENDED = ["succeeded", "failed", "canceled"];

/**
 * The books as a child would keep them: what somebody has, what is set aside, what was spent. It is told each call and its
 * answer, and says what is wrong with that; it knows nothing of SQL, entries or attempts.
 */
export function createOracle(userId: string) {
  const credits: Purse = { available: SIGNUP, held: 0 };
  const months = new Map<string, Purse>();
  const pictures = new Map<string, Picture>();
  const attempts = createAttemptBook((id) => {
    const picture = pictures.get(id);
    return picture !== undefined && picture.end === null && !picture.isStoring;
  });
  const keysUsed = new Set<string>();
  let hasLeft = false;
  let isCodeUsed = false;
  /** Made per picture and per code by everybody: what there must be in the end. */
  const total = { granted: SIGNUP, spent: 0, refunded: 0, gone: 0 };

  const monthOf = (at: string): Purse => {
    const name = at.slice(0, 7);
    const purse = months.get(name) ?? { available: MONTHLY, held: 0 };
    months.set(name, purse);
    return purse;
  };

  function end(picture: Picture, as: NonNullable<Picture["end"]>, stored: number): string | null {
    if (picture.end !== null) {
      return `settled twice: it was ${picture.end}`;
    }
    const cost = picture.price * picture.count;
    picture.end = as;
    picture.captured = picture.price * stored;
    picture.purse.held -= cost;
    picture.purse.available += cost - picture.captured;
    if (picture.purse === credits) {
      total.spent += picture.captured;
    }
    return null;
  }

  function judgeReserve({ at, about }: Step, answer: Answer): string | null {
    const { id = "", hash = "", count = 0, unit = "credit" } = about;
    const earlier = pictures.get(id);
    const purse = unit === "credit" ? credits : monthOf(at);
    const price = unit === "credit" ? PRICE : 1;
    const expected = hasLeft
      ? "account_closed"
      : earlier
        ? earlier.hash === hash
          ? "replayed"
          : "idempotency_conflict"
        : purse.available >= price * count
          ? "reserved"
          : unit === "credit"
            ? "insufficient_credits"
            : "monthly_limit";
    if (answer.outcome !== expected) {
      return `expected ${expected}`;
    }
    if (expected === "reserved") {
      purse.available -= price * count;
      purse.held += price * count;
      pictures.set(id, {
        purse,
        price,
        count,
        hash,
        key: about.key ?? "",
        end: null,
        isStoring: false,
        captured: 0,
        refunded: 0,
        isLateStored: false,
      });
    }
    return (expected === "reserved" || expected === "replayed") && answer.balance !== credits.available
      ? `expected a balance of ${credits.available}`
      : null;
  }

  function judgeMove({ door, about }: Step, answer: Answer): string | null {
    const id = answer.generationId ?? about.id ?? "";
    const picture = pictures.get(id);
    const { outcome } = answer;
    if (!picture) {
      return ["already", "not_ours", "not_found", "stop", "mismatch"].includes(outcome ?? "")
        ? null
        : "it was never submitted";
    }
    switch (outcome) {
      case "settled": {
        if (door === "finish_storing") {
          return picture.isStoring ? end(picture, "succeeded", about.count ?? 0) : "it had nothing to store";
        }
        return end(picture, answer.reason === "canceled" ? "canceled" : "failed", 0);
      }
      case "store":
        if (picture.end !== null || picture.isStoring) {
          return "its pictures were known already";
        }
        picture.isStoring = true;
        return null;
      case "send":
      case "running":
      case "unknown":
      case "delayed":
      case "retried":
      case "waiting":
      case "requested":
        return picture.end === null && !picture.isStoring
          ? null
          : outcome === "waiting" && picture.end === null
            ? null
            : "it was past that";
      case "finishing":
        return picture.isStoring && picture.end === null ? null : "nothing is being stored";
      case "late":
        return picture.end === answer.state ? null : `it is ${picture.end ?? "live"}`;
      case "stored":
        if (picture.end !== "failed" || picture.isLateStored || hasLeft) {
          return "nobody waits for it";
        }
        picture.isLateStored = true;
        return null;
      case "already":
      case "stop":
        return (picture.end !== null) === ENDED.includes(answer.state ?? "") &&
          (picture.end ?? answer.state) === answer.state
          ? null
          : `it is ${picture.end ?? "live"}`;
      case "not_found":
        return hasLeft ? null : "it is there";
      case "extra":
      case "mismatch":
      case "not_ours":
        return null;
      default:
        return "no such answer";
    }
  }

  function judgeRefund({ about }: Step, answer: Answer): string | null {
    const picture = pictures.get(about.id ?? "");
    if (!picture || hasLeft) {
      return answer.outcome === "not_found" ? null : "expected not_found";
    }
    const amount = about.amount ?? picture.captured;
    const expected =
      picture.refunded > 0
        ? "already"
        : picture.captured === 0
          ? "not_charged"
          : amount > picture.captured
            ? "too_much"
            : "refunded";
    if (answer.outcome !== expected) {
      return `expected ${expected}`;
    }
    if (expected !== "refunded") {
      return null;
    }
    picture.refunded = amount;
    picture.purse.available += amount;
    if (picture.purse === credits) {
      total.refunded += amount;
    }
    return null;
  }

  function judgeGift({ door, about }: Step, answer: Answer): string | null {
    const key = `${door}:${about.key}`;
    const isNew = !keysUsed.has(key);
    const amount = about.amount ?? 0;
    switch (door) {
      case "redeem_code": {
        const isGood = about.key !== "none" && !hasLeft;
        const expected = !isGood ? "invalid" : isCodeUsed ? "already" : "redeemed";
        if (answer.outcome !== expected) {
          return `expected ${expected}`;
        }
        if (expected === "redeemed") {
          isCodeUsed = true;
          credits.available += 40;
          total.granted += 40;
        }
        return null;
      }
      case "grant_credits": {
        const expected = hasLeft ? "not_found" : isNew ? "granted" : "already";
        if (answer.outcome !== expected) {
          return `expected ${expected}`;
        }
        if (expected === "granted") {
          keysUsed.add(key);
          credits.available += amount;
          total.granted += amount;
        }
        return null;
      }
      default: {
        if (answer.outcome !== (isNew ? "taken" : "already")) {
          return `expected ${isNew ? "taken" : "already"}`;
        }
        if (isNew) {
          keysUsed.add(key);
          const taken = Math.min(credits.available, amount);
          credits.available -= taken;
          total.gone += taken;
          return answer.taken === taken ? null : `expected ${taken} to be taken`;
        }
        return null;
      }
    }
  }

  /** Null when the answer is right, else what is wrong with it. Changes the books by what the answer says. */
  function judge(step: Step, answer: Answer): string | null {
    if (step.isLost) {
      return null;
    }
    switch (step.door) {
      case "reserve_generation":
        return judgeReserve(step, answer);
      case "refund_generation":
        return judgeRefund(step, answer);
      case "redeem_code":
      case "grant_credits":
      case "claw_back_credits":
        return judgeGift(step, answer);
      case "read_balance": {
        const { available: free } = monthOf(step.at);
        return answer.available === credits.available &&
          answer.held === credits.held &&
          answer.freeRemaining === (hasLeft ? answer.freeRemaining : free)
          ? null
          : `expected ${credits.available}, ${credits.held} and ${free}`;
      }
      case "expire_buckets":
        for (const [month, purse] of months) {
          if (month < step.at.slice(0, 7)) {
            purse.available = 0;
          }
        }
        return null;
      case "erase_due_person":
        if (answer.userId !== userId || answer.outcome !== "erased") {
          return null;
        }
        hasLeft = true;
        total.gone += credits.available;
        for (const purse of [credits, ...months.values()]) {
          if (purse.held !== 0) {
            return "erased with something on hold";
          }
          purse.available = 0;
        }
        return null;
      case "open_wallet":
      case "make_redeem_codes":
      case "schedule_erasure":
        return null;
      case "begin_dispatch":
        attempts.note(step, answer);
        return judgeMove(step, answer);
      case "apply_prediction":
        return attempts.judge(step, answer) ?? judgeMove(step, answer);
      default:
        return judgeMove(step, answer);
    }
  }

  /** What is right about a purse of the database: null, or what it should hold. */
  function compare({ period, kind, balance }: PurseRow): string | null {
    const purse = period === "" ? credits : months.get(period);
    const expected = kind === "available" ? purse?.available : purse?.held;
    return balance === (expected ?? 0)
      ? null
      : `${kind} of ${period || "all time"} is ${balance}, expected ${expected}`;
  }

  return {
    judge,
    compare,
    /** Nothing is left open, and what came in is what is there, was spent or is gone. */
    close(): string | null {
      const { granted, spent, refunded, gone } = total;
      if (credits.held !== 0 || [...months.values()].some(({ held }) => held !== 0)) {
        return "something is held in the end";
      }
      return granted - spent + refunded - gone === credits.available ? null : "the sums do not add up";
    },
    lifecycles: () => pictures.size,
  };
}
