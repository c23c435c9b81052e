import { FLUX_1_MODELS } from "./flux-1.ts";
import { FLUX_2_MODELS } from "./flux-2.ts";
import { FLUX_KONTEXT_MODELS } from "./flux-kontext.ts";
import type { ModelData } from "./model-data.ts";

/** Every model the emulator can run. */
export const MODELS: readonly ModelData[] = [...FLUX_1_MODELS, ...FLUX_KONTEXT_MODELS, ...FLUX_2_MODELS];

/** `owner/name`, as upstream writes a model. */
export function slugOf(model: ModelData): string {
  return `${model.owner}/${model.name}`;
}

/** The model of an `owner/name`, or undefined. */
export function findModel(slug: string): ModelData | undefined {
  return MODELS.find((model) => slugOf(model) === slug);
}

/**
 * The model a create's `version` means: a 64-digit id, `owner/name:id`, or a bare `owner/name`, which is
 * accepted for official models only (Replicate's documentation); every model here is one.
 */
export function findVersion(version: string): { model: ModelData; isOfficialSlug: boolean } | undefined {
  const [slug = "", id] = version.split(":");
  const wanted = id ?? (/^[0-9a-f]{64}$/.test(version) ? version : undefined);
  if (wanted === undefined) {
    const model = findModel(slug);
    return model === undefined ? undefined : { model, isOfficialSlug: true };
  }
  const model = MODELS.find(
    (candidate) => candidate.versionIds.includes(wanted) && (id === undefined || slugOf(candidate) === slug),
  );
  return model === undefined ? undefined : { model, isOfficialSlug: false };
}
