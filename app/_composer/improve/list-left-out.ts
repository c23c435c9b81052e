import type { Phrase } from "@/lib/contracts/phrases";

type LeftOutOptions = {
  /** Places of the phrases that the person has taken out, or in. */
  turned: ReadonlySet<number>;
  /** Whether what the model added is out at first. */
  isPlain: boolean;
};

/** The places of the phrases that are not used. */
export function listLeftOut(
  phrases: readonly Phrase[],
  { turned, isPlain }: LeftOutOptions,
): ReadonlySet<number> {
  const places = phrases.map(({ source }, place) => ({ place, isOutAtFirst: isPlain && source === null }));
  return new Set(
    places.filter(({ place, isOutAtFirst }) => turned.has(place) !== isOutAtFirst).map(({ place }) => place),
  );
}
