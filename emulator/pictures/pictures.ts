import { Worker } from "node:worker_threads";
import type { Picture, PictureOrder } from "./picture-order.ts";

const CACHE_BYTES_MAX = 96 * 1024 * 1024;

interface Waiting {
  resolve: (picture: Picture) => void;
  reject: (error: Error) => void;
}

/**
 * Draws pictures in a thread of its own, one after the other, and keeps the latest. The thread starts
 * with the first order, so that an emulator nobody asks for pictures costs nothing.
 */
export class Pictures {
  #worker: Worker | undefined;
  #nextId = 1;
  #cachedBytes = 0;
  readonly #waiting = new Map<number, Waiting>();
  readonly #cache = new Map<string, Promise<Picture>>();

  /** The picture of an order; drawn once however many ask at the same time. */
  draw(order: PictureOrder): Promise<Picture> {
    const key = JSON.stringify(order);
    const known = this.#cache.get(key);
    if (known !== undefined) {
      // Put back at the end: the cache drops what was not asked for longest.
      this.#cache.delete(key);
      this.#cache.set(key, known);
      return known;
    }
    const drawn = this.#order(order);
    this.#cache.set(key, drawn);
    drawn.then(
      (picture) => this.#account(picture),
      () => this.#cache.delete(key),
    );
    return drawn;
  }

  /** Ends the thread; orders under way are refused. */
  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#fail(new Error("the emulator is stopping"));
    await worker?.terminate();
  }

  #order(order: PictureOrder): Promise<Picture> {
    const { promise, resolve, reject } = Promise.withResolvers<Picture>();
    const id = this.#nextId;
    this.#nextId += 1;
    this.#waiting.set(id, { resolve, reject });
    this.#start().postMessage({ id, order });
    return promise;
  }

  #start(): Worker {
    if (this.#worker !== undefined) {
      return this.#worker;
    }
    const worker = new Worker(new URL("./picture-worker.ts", import.meta.url));
    worker.unref();
    worker.on("message", (message: { id: number; bytes?: Uint8Array; type: string; error?: string }) => {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.bytes === undefined) {
        waiting?.reject(new Error(message.error ?? "the picture could not be drawn"));
      } else {
        waiting?.resolve({ bytes: Buffer.from(message.bytes), type: message.type });
      }
    });
    worker.on("error", (error) => {
      this.#worker = undefined;
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    });
    this.#worker = worker;
    return worker;
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) {
      reject(error);
    }
    this.#waiting.clear();
  }

  #account(picture: Picture): void {
    this.#cachedBytes += picture.bytes.length;
    for (const [key, kept] of this.#cache) {
      if (this.#cachedBytes <= CACHE_BYTES_MAX) {
        return;
      }
      this.#cache.delete(key);
      void kept.then((old) => {
        this.#cachedBytes -= old.bytes.length;
      });
      return;
    }
  }
}
