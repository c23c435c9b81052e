import { LatentPrint } from "@/components/latent-print/latent-print";

type MissingFramesProps = { prompt: string; ratio: number; count: number; cameCount: number };

/** What did not come, as bleached prints of the same size. A phone shows one for all when there is nothing else. */
export function MissingFrames({ prompt, ratio, count, cameCount }: MissingFramesProps) {
  return Array.from({ length: count }, (_, index) => cameCount + index).map((place) => (
    <div key={place} className={place > 0 && cameCount === 0 ? "frame max-lg:hidden" : "frame"}>
      <LatentPrint seed={`${prompt}#${place}`} ratio={ratio} isBleached />
    </div>
  ));
}
