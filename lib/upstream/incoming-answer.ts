import "server-only";
import type { Dispatcher } from "undici";
import { type HttpResponse, TransportError } from "./transport";

/** What may wait for a slow reader before the socket is held back. */
const WAITING_BYTES_MAX = 65_536;

type Settle<T> = { resolve: (value: T) => void; reject: (reason: TransportError) => void };
type Next = IteratorResult<Uint8Array, undefined>;

/** One answer as undici tells it: the head goes to `head`, the body to whoever iterates, pulled and not pushed. */
export class IncomingAnswer
  implements Dispatcher.DispatchHandler, AsyncIterableIterator<Uint8Array, undefined>
{
  readonly #signal: AbortSignal;
  readonly #head: Settle<HttpResponse>;
  /** There from the moment before the first byte of the request is written. */
  #controller: Dispatcher.DispatchController | null = null;
  #hasHead = false;
  #isOver = false;
  #failure: TransportError | null = null;
  readonly #chunks: Uint8Array[] = [];
  #waitingBytes = 0;
  #reader: Settle<Next> | null = null;

  constructor(signal: AbortSignal, head: Settle<HttpResponse>) {
    this.#signal = signal;
    this.#head = head;
    if (signal.aborted) {
      this.handleEvent();
    } else {
      signal.addEventListener("abort", this);
    }
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isOver) {
      controller.abort(new Error("given up before it was sent"));
    }
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status >= 200) {
      this.#hasHead = true;
      const header = (name: string) => {
        const value = headers[name];
        return Array.isArray(value) ? value.join(", ") : value;
      };
      this.#head.resolve({ status, header, body: this });
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.#reader) {
      this.#reader.resolve({ done: false, value: chunk });
      this.#reader = null;
      return;
    }
    this.#chunks.push(chunk);
    this.#waitingBytes += chunk.byteLength;
    if (this.#waitingBytes > WAITING_BYTES_MAX) {
      controller.pause();
    }
  }

  onResponseEnd(): void {
    this.#end(null);
  }

  onResponseError(_controller: Dispatcher.DispatchController, cause: Error): void {
    const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
    const wasSent = this.#controller !== null;
    this.#end(new TransportError(code || cause.message, { wasSent, cause }));
  }

  /** The caller's signal has aborted: the deadline passed, or nobody waits any more. */
  handleEvent(): void {
    const cause: unknown = this.#signal.reason;
    const wasSent = this.#controller !== null;
    this.#end(new TransportError("the deadline passed", { wasSent, isTimeout: true, cause }));
    this.#controller?.abort(new Error("the deadline passed"));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Next> {
    const chunk = this.#chunks.shift();
    if (chunk) {
      this.#waitingBytes -= chunk.byteLength;
      if (this.#waitingBytes === 0 && this.#controller?.paused) {
        this.#controller.resume();
      }
      return Promise.resolve({ done: false, value: chunk });
    }
    if (this.#failure) {
      return Promise.reject(this.#failure);
    }
    if (this.#isOver) {
      return Promise.resolve({ done: true, value: undefined });
    }
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
    });
  }

  /** A reader who leaves early lets go of the connection. */
  return(): Promise<Next> {
    if (!this.#isOver) {
      this.#end(null);
      this.#controller?.abort(new Error("not read to its end"));
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  /** Once: whatever undici says afterwards is an echo. */
  #end(failure: TransportError | null): void {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    this.#failure = failure;
    this.#signal.removeEventListener("abort", this);
    if (failure && !this.#hasHead) {
      this.#head.reject(failure);
    } else if (failure) {
      this.#reader?.reject(failure);
    } else {
      this.#reader?.resolve({ done: true, value: undefined });
    }
    this.#reader = null;
  }
}
