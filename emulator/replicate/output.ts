import type { PredictionRecord } from "../books/records.ts";
import type { JsonValue } from "../core/json.ts";
import type { World } from "../core/world.ts";
import { findModel } from "./models/find-model.ts";

// One grey pixel; a run that answers inline is rare and its content does not matter.
const TINY_PNG =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGOoBwAAgQCAi0kgTgAAAABJRU5ErkJggg==";

/** The address of one output file; the folder is one of those Replicate's delivery host uses. */
export function fileUrl(world: World, record: PredictionRecord, index: number): string {
  return `${world.baseUrl}/delivery/xezq/${record.fileToken}/out-${index}.${record.extension}`;
}

/** The output of a finished run: one address or a list, by the model, unless a fault chose otherwise. */
export function outputOf(world: World, record: PredictionRecord): JsonValue {
  const isList = findModel(record.model)?.output === "uris";
  const urls = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => fileUrl(world, record, index));
  const shaped = (addresses: string[], asList = isList): JsonValue =>
    asList ? addresses : (addresses[0] ?? null);
  switch (record.outputForm) {
    case "null":
      return null;
    case "empty":
      return isList ? [] : "";
    case "text":
      return "a lovely picture";
    case "object":
      return { image: fileUrl(world, record, 0), width: record.width, height: record.height };
    case "number":
      return 42;
    case "other-host":
      return shaped(["https://files.example.com/out-0.webp"]);
    case "too-many":
      return shaped(urls(record.outputCount + 5), true);
    case "too-few":
      return shaped(urls(Math.max(0, record.outputCount - 1)), true);
    case "other-shape":
      return shaped(urls(record.outputCount), !isList);
    case "data-uri":
      return shaped([TINY_PNG]);
    case "local-file":
      return shaped(["file:///etc/hostname"]);
    default:
      return shaped(urls(record.outputCount));
  }
}
