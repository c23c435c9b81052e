import "server-only";

const WINDOW_MS = 120_000;
const BUCKET_MS = 5_000;
/** How many times more than the upstream accepts are still sent: room for it to recover. */
const MULTIPLIER = 2;
/** Fewer requests than this say nothing of the upstream. */
const REQUESTS_MIN = 20;

type Bucket = { startMs: number; requests: number; accepts: number };

/**
 * Holds back by itself what the upstream would turn away (Google's SRE book, "client-side throttling"): the more it
 * refuses of the last two minutes, the fewer are sent, `max(0, (requests - 2 x accepts) / (requests + 1))`.
 */
export class ClientThrottle {
  readonly #ports: { nowMs: () => number; random: () => number };
  #buckets: Bucket[] = [];

  constructor(ports: { nowMs: () => number; random: () => number }) {
    this.#ports = ports;
  }

  /** Whether this request may be sent; counts it either way. */
  tryEnter(): boolean {
    const { requests, accepts } = this.#sum();
    const refusal =
      requests < REQUESTS_MIN ? 0 : Math.max(0, (requests - MULTIPLIER * accepts) / (requests + 1));
    this.#current().requests += 1;
    return this.#ports.random() >= refusal;
  }

  recordAccept(): void {
    this.#current().accepts += 1;
  }

  #current(): Bucket {
    const nowMs = this.#ports.nowMs();
    const last = this.#buckets.at(-1);
    if (last && nowMs - last.startMs < BUCKET_MS) {
      return last;
    }
    const bucket = { startMs: nowMs, requests: 0, accepts: 0 };
    this.#buckets.push(bucket);
    return bucket;
  }

  #sum(): { requests: number; accepts: number } {
    const oldestMs = this.#ports.nowMs() - WINDOW_MS;
    this.#buckets = this.#buckets.filter(({ startMs }) => startMs > oldestMs);
    let requests = 0;
    let accepts = 0;
    for (const bucket of this.#buckets) {
      requests += bucket.requests;
      accepts += bucket.accepts;
    }
    return { requests, accepts };
  }
}
