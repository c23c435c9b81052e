import "server-only";
import { EnvError } from "@/env.mjs";
import {
  endOfTextModel,
  isTextModelId,
  listTextModelIds,
  TEXT_MODELS,
  type TextModelId,
} from "@/lib/ai-gateway-utils";

/** Google's own model behind each identifier of the catalogue. */
export type TextUpstreams = Readonly<Record<string, string>>;

/**
 * The catalogue's text models with what an operator set in place of it. Throws EnvError for an identifier that the
 * catalogue does not have.
 */
export function readTextModels(values: {
  GEMINI_MODEL: string;
  GEMINI_UPSTREAM_MODELS: { id: string; upstreamModel: string }[];
}): { textModel: TextModelId; textUpstreams: TextUpstreams } {
  const { GEMINI_MODEL: textModel, GEMINI_UPSTREAM_MODELS: overrides } = values;
  const known = listTextModelIds().join(", ");
  if (!overrides.every(({ id }) => isTextModelId(id))) {
    throw new EnvError([`GEMINI_UPSTREAM_MODELS must name identifiers of the catalogue: ${known}`]);
  }
  if (!isTextModelId(textModel)) {
    throw new EnvError([`GEMINI_MODEL must be one of ${known}`]);
  }
  const textUpstreams: Record<string, string> = {};
  for (const id of listTextModelIds()) {
    textUpstreams[id] = TEXT_MODELS[id].upstreamModel;
  }
  for (const { id, upstreamModel } of overrides) {
    textUpstreams[id] = upstreamModel;
  }
  return { textModel, textUpstreams };
}

/** A sentence for operators about each text model whose upstream ends, or has ended, on a known day. */
export function listEndingModels(textUpstreams: TextUpstreams, today: Date): string[] {
  return Object.entries(textUpstreams).flatMap(([id, upstreamModel]) => {
    const endsOn = endOfTextModel(upstreamModel);
    if (endsOn === null) {
      return [];
    }
    const verb = endsOn <= today.toISOString().slice(0, 10) ? "ended" : "ends";
    return [`${upstreamModel}, which ${id} stands for, ${verb} on ${endsOn}: set GEMINI_UPSTREAM_MODELS`];
  });
}
