import "server-only";
/**
 * At most `width` at a time; the others wait in line, first come first served. A kind of call that hangs cannot take
 * the places of the others.
 */
export class Bulkhead {
  readonly #width: number;
  readonly #line: { enter: () => void }[] = [];
  #inside = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /** Waits for a place and resolves with the way to give it back. Rejects with the signal's reason when that aborts first. */
  async enter(signal: AbortSignal): Promise<() => void> {
    const leave = this.tryEnter();
    if (leave) {
      return leave;
    }
    await this.#waitInLine(signal);
    return this.#wayOut();
  }

  /** Takes a place if one is free: the way to give it back, or null. */
  tryEnter(): (() => void) | null {
    if (this.#inside >= this.#width) {
      return null;
    }
    this.#inside += 1;
    return this.#wayOut();
  }

  #wayOut(): () => void {
    let isInside = true;
    return () => {
      if (isInside) {
        isInside = false;
        this.#leave();
      }
    };
  }

  get load(): { inside: number; waiting: number } {
    return { inside: this.#inside, waiting: this.#line.length };
  }

  /** Does the work in a place of its own. */
  async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const leave = await this.enter(signal);
    try {
      return await work();
    } finally {
      leave();
    }
  }

  #waitInLine(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = {
        enter() {
          signal.removeEventListener("abort", giveUp);
          resolve();
        },
      };
      const giveUp = () => {
        this.#line.splice(this.#line.indexOf(waiting), 1);
        reject(signal.reason);
      };
      signal.addEventListener("abort", giveUp, { once: true });
      this.#line.push(waiting);
    });
  }

  /** The place goes straight to the next in line, so that nobody can slip in between. */
  #leave(): void {
    const next = this.#line.shift();
    if (next) {
      next.enter();
    } else {
      this.#inside -= 1;
    }
  }
}
