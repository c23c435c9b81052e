import type { ImageModelView } from "@/lib/contracts/models";
import { isModels } from "./guards";
import { readApi } from "./problem-error";
import { createResource } from "./resource";

const FRESH_MS = 60_000;

const models = createResource<ImageModelView[]>({
  async load(signal) {
    const answer = await readApi("/api/models", isModels, { signal });
    return answer.models.filter((model) => model.kind === "image");
  },
  freshMs: FRESH_MS,
  isCheckedOnFocus: true,
});

/** The image models as the server rendered them, and again after a while: one may have been paused meanwhile. */
export function useModels(initial: ImageModelView[]): ImageModelView[] {
  return models.useData(initial).data ?? initial;
}

/** The models that this tab knows, for where the server rendered none; read when there are none. */
export const useKnownModels = models.useData;

export const refreshModels = models.refresh;
