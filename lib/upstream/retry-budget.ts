import "server-only";

/** Saved up for a quiet day's lone failures: ten retries. */
const TOKENS_MAX = 100;
const RETRY_COST = 10;
const TIMEOUT_RETRY_COST = 20;
const SUCCESS_GAIN = 1;

/**
 * What retries may cost, across all calls to one upstream: a bucket that retries drain and successes fill, so that at
 * most one call in ten is a retry. While nothing succeeds nothing is filled: an outage is not answered with more load.
 */
export class RetryBudget {
  #tokens = TOKENS_MAX;

  recordSuccess(): void {
    this.#tokens = Math.min(TOKENS_MAX, this.#tokens + SUCCESS_GAIN);
  }

  /** Takes what a retry costs; false when it cannot be afforded. */
  trySpend({ wasTimeout }: { wasTimeout: boolean }): boolean {
    const cost = wasTimeout ? TIMEOUT_RETRY_COST : RETRY_COST;
    if (this.#tokens < cost) {
      return false;
    }
    this.#tokens -= cost;
    return true;
  }
}
