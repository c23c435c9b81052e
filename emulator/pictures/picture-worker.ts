import { parentPort } from "node:worker_threads";
import { drawPicture } from "./draw-picture.ts";
import type { PictureOrder } from "./picture-order.ts";

/** The thread that draws: takes `{id, order}`, answers `{id, bytes, type}` or `{id, error}`. */
parentPort?.on("message", (message: { id: number; order: PictureOrder }) => {
  void answer(message);
});

async function answer({ id, order }: { id: number; order: PictureOrder }): Promise<void> {
  try {
    const { bytes, type } = await drawPicture(order);
    parentPort?.postMessage({ id, bytes, type });
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error), type: "" });
  }
}
