import "server-only";

/**
 * One signal for a call's whole life: it aborts when the time is up, or when the caller's own does. Given up when the call
 * ends, unlike AbortSignal.timeout, which lives on until its time comes: at a thousand calls a second that is thousands
 * of timers of calls long answered.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #timer: ReturnType<typeof setTimeout>;

  constructor(totalMs: number, caller: AbortSignal | undefined) {
    this.#caller = caller;
    this.#timer = setTimeout(
      () => this.#controller.abort(new DOMException("the time is up", "TimeoutError")),
      totalMs,
    );
    if (caller?.aborted) {
      this.handleEvent();
    } else {
      caller?.addEventListener("abort", this);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The call is over, and the signal no longer aborts. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener("abort", this);
  }

  /** The caller has given up. */
  handleEvent(): void {
    clearTimeout(this.#timer);
    this.#controller.abort(this.#caller?.reason);
  }
}
