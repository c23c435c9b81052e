import "server-only";

const BUCKET_MS = 1_000;

export type CircuitPolicy = {
  /** How far back calls are counted, milliseconds. */
  windowMs: number;
  /** Fewer calls than this say nothing. */
  callsMin: number;
  /** Share of failures from which on it opens, 0 to 1. */
  failureShare: number;
  /** While open, one call per so many milliseconds is let through to see. */
  probeMs: number;
};

export const CIRCUIT_POLICY: CircuitPolicy = {
  windowMs: 30_000,
  callsMin: 20,
  failureShare: 0.5,
  probeMs: 5_000,
};

type Bucket = { startMs: number; calls: number; failures: number };

/**
 * Stops calling what does not answer. Closed: calls pass and are counted. Open: none pass but one probe at a time; its
 * success closes the circuit, its failure keeps it open. A failure that will not heal by itself (a wrong key, no money)
 * opens it at once.
 */
export class Circuit {
  readonly #nowMs: () => number;
  readonly #policy: CircuitPolicy;
  #buckets: Bucket[] = [];
  #isOpen = false;
  #nextProbeMs = 0;

  constructor(nowMs: () => number, policy: CircuitPolicy = CIRCUIT_POLICY) {
    this.#nowMs = nowMs;
    this.#policy = policy;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether a call could pass now; asks without taking the probe's place. */
  get isPassable(): boolean {
    return !this.#isOpen || this.#nowMs() >= this.#nextProbeMs;
  }

  /** Lets a call pass, or not. While open, the one that may is the probe, and the next waits its turn. */
  tryEnter(): boolean {
    if (!this.isPassable) {
      return false;
    }
    if (this.#isOpen) {
      this.#nextProbeMs = this.#nowMs() + this.#policy.probeMs;
    }
    return true;
  }

  /** Milliseconds until a call may pass; 0 when one may now. */
  get waitMs(): number {
    return this.#isOpen ? Math.max(0, this.#nextProbeMs - this.#nowMs()) : 0;
  }

  recordSuccess(): void {
    if (this.#isOpen) {
      this.#isOpen = false;
      this.#buckets = [];
    }
    this.#count(false);
  }

  recordFailure({ isLasting }: { isLasting: boolean }): void {
    this.#count(true);
    if (this.#isOpen || isLasting || this.#isBad()) {
      this.#isOpen = true;
      this.#nextProbeMs = Math.max(this.#nextProbeMs, this.#nowMs() + this.#policy.probeMs);
    }
  }

  #count(isFailure: boolean): void {
    const nowMs = this.#nowMs();
    const last = this.#buckets.at(-1);
    const bucket =
      last && nowMs - last.startMs < BUCKET_MS ? last : { startMs: nowMs, calls: 0, failures: 0 };
    if (bucket !== last) {
      this.#buckets = this.#buckets.filter(({ startMs }) => nowMs - startMs < this.#policy.windowMs);
      this.#buckets.push(bucket);
    }
    bucket.calls += 1;
    bucket.failures += isFailure ? 1 : 0;
  }

  #isBad(): boolean {
    const oldestMs = this.#nowMs() - this.#policy.windowMs;
    let calls = 0;
    let failures = 0;
    for (const bucket of this.#buckets) {
      if (bucket.startMs > oldestMs) {
        calls += bucket.calls;
        failures += bucket.failures;
      }
    }
    return calls >= this.#policy.callsMin && failures >= calls * this.#policy.failureShare;
  }
}
