import type { Step } from "./script";

type Told = { outcome?: string | undefined; number?: number | undefined };

/** One create, by the token that its webhooks come under. The same number again is the same one, under a new token. */
type Attempt = { id: string; number: number; token: string; prediction: string | null };

/**
 * The oracle's page about creates: which prediction is whose. `isWaiting` tells whether a picture of this id is still waited for.
 */
export function createAttemptBook(isWaiting: (id: string) => boolean) {
  const attempts: Attempt[] = [];

  return {
    /** What a dispatch was told. */
    note({ about: { id = "", token = "" } }: Step, { outcome, number = 0 }: Told): void {
      if (outcome !== "send") {
        return;
      }
      const known = attempts.find((attempt) => attempt.id === id && attempt.number === number);
      if (known) {
        known.token = token;
      } else {
        attempts.push({ id, number, token, prediction: null });
      }
    },

    /**
     * Null when a word of a prediction was taken for the right one's and, where a picture is waited for, counted: it is that of
     * the attempt it names, and of no other.
     */
    judge({ about: { word } }: Step, { outcome = "" }: Told): string | null {
      if (!word) {
        return "a word of nothing";
      }
      const { prediction, status, token } = word;
      const bound = attempts.find((attempt) => attempt.prediction === prediction);
      const attempt = bound ?? attempts.find((one) => one.token === token);
      if (bound && token !== null && bound.token !== token) {
        return outcome === "mismatch" ? null : "expected mismatch";
      }
      if (!attempt) {
        return outcome === "not_ours" ? null : "expected not_ours";
      }
      if (attempt.prediction !== null && attempt.prediction !== prediction) {
        return outcome === "extra" ? null : "expected extra";
      }
      attempt.prediction = prediction;
      if (["mismatch", "not_ours", "extra"].includes(outcome)) {
        return "expected it to count";
      }
      if (!isWaiting(attempt.id)) {
        return null;
      }
      if (status === "succeeded") {
        return outcome === "store" ? null : "expected its pictures to be stored";
      }
      const isEnd = status === "failed" || status === "canceled";
      // With two under way, the end of one leaves the decision to the other.
      const isAlone = attempts.filter(({ id }) => id === attempt.id).length === 1;
      return isEnd && isAlone && outcome !== "settled" ? "expected it to be over" : null;
    },
  };
}
