"use client";

import { LatentPrint } from "@/components/latent-print/latent-print";
import { FrameRow } from "./frame-row";
import { WaitingStatus } from "./waiting-status";

type WaitingFramesProps = {
  prompt: string;
  size: { width: number; height: number };
  count: number;
  status: Parameters<typeof WaitingStatus>[0];
};

/** Pictures that are not there yet: their latent prints at their final size, the first with the state of things. */
export function WaitingFrames({ prompt, size, count, status }: WaitingFramesProps) {
  return (
    <FrameRow width={size.width} height={size.height} count={count}>
      {Array.from({ length: count }, (_, place) => `${prompt}#${place}`).map((seed, place) => (
        <div key={seed} className="frame @container">
          <LatentPrint
            seed={seed}
            ratio={size.width / size.height}
            {...(place === 0 ? { words: prompt, hasDarkHead: true } : {})}
          />
          {place === 0 && <WaitingStatus {...status} />}
        </div>
      ))}
    </FrameRow>
  );
}
