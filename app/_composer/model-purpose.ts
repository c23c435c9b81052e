/** Models that the messages have a line about; one that is new in the catalogue does without. */
const DESCRIBED = ["flux-pro", "flux-dev", "flux-schnell", "flux-general", "flux-freeSchnell"] as const;

export function findPurpose(modelId: string): (typeof DESCRIBED)[number] | undefined {
  return DESCRIBED.find((known) => known === modelId);
}
