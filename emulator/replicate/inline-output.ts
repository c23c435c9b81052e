import type { PredictionRecord } from "../books/records.ts";
import type { JsonValue } from "../core/json.ts";
import type { World } from "../core/world.ts";
import type { PictureOrder } from "../pictures/picture-order.ts";
import { findModel } from "./models/find-model.ts";

/** What the drawing thread must know to draw one output of a prediction. */
export function orderOf(record: PredictionRecord, index: number): PictureOrder {
  const quality = record.input.output_quality;
  return {
    prompt: record.prompt,
    seed: record.seed,
    index,
    width: record.width,
    height: record.height,
    extension: record.extension,
    quality: typeof quality === "number" ? quality : 80,
  };
}

/** The output as data URIs, the form waiting creates had in the recordings of October 2024. */
export async function inlineOutput(world: World, record: PredictionRecord): Promise<JsonValue> {
  const uris: string[] = [];
  for (let index = 0; index < record.outputCount; index += 1) {
    const picture = await world.pictures.draw(orderOf(record, index));
    uris.push(`data:${picture.type};base64,${picture.bytes.toString("base64")}`);
  }
  return findModel(record.model)?.output === "uris" ? uris : (uris[0] ?? null);
}
