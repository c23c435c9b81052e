/** Fields of a request that have a name for people: their chip's, where they have one. */
const NAMED_FIELDS = [
  "inputPrompt",
  "model",
  "aspectRatio",
  "numOutputs",
  "loraName",
  "loraScale",
  "seed",
  "inputImageId",
  "inputImageUrl",
  "outputFormat",
] as const;

/** The name to look up under `problem.field`; undefined for what people have no word for. */
export function findNamedField(path: string | null | undefined): (typeof NAMED_FIELDS)[number] | undefined {
  return NAMED_FIELDS.find((field) => field === path);
}
