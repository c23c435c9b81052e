import clsx from "clsx";
import type { ReactNode } from "react";
import { drawLatentPrint } from "./draw-latent-print";

const WORDS_MAX = 8;
const LETTERS_MAX = 64;

export type LatentPrintProps = {
  /** The prompt and the picture's place among its siblings: the same seed is the same print everywhere. */
  seed: string;
  /** Width over height of the frame it fills. */
  ratio: number;
  /** Printed at its foot, up to eight words. Decoration: the frame around it carries the real label. */
  words?: string;
  /** Darkens its head, for what is laid over it there. */
  hasDarkHead?: boolean;
  /** Washed out to almost nothing: what a failed or cancelled picture leaves. */
  isBleached?: boolean;
  plantCount?: number;
  /** How much of the width stays empty on the left. */
  clearShare?: number;
  className?: string;
};

/** A cyanotype in the wash, filling its frame. Hidden from assistive technology. */
export function LatentPrint(props: LatentPrintProps) {
  const { words, hasDarkHead = false, isBleached = false, className, ...drawing } = props;
  const { width, height, shapes, rim } = drawLatentPrint(drawing);
  const viewBox = `0 0 ${width} ${height}`;
  const shownWords = words === undefined || isBleached ? null : firstWords(words);
  return (
    <div
      aria-hidden="true"
      className={clsx(
        "relative size-full overflow-hidden",
        isBleached ? "print-bleached" : "print",
        className,
      )}
    >
      <Layer viewBox={viewBox}>
        {/* A hair smaller than the sheet, so that no blue is seen around the rim. */}
        <path d={`M2 2H${width - 2}V${height - 2}H2z`} fill="var(--print-0)" />
        {shapes.map(({ path, tone }) => (
          <path key={path} d={path} fill={`var(--print-${tone})`} />
        ))}
      </Layer>
      {hasDarkHead && (
        <div className="absolute inset-x-0 top-0 h-36 bg-linear-to-b from-40% from-wash-0 to-transparent" />
      )}
      {shownWords && (
        <div className="absolute inset-x-0 bottom-0 h-28 bg-linear-to-t from-30% from-wash-0 to-transparent" />
      )}
      <Layer viewBox={viewBox}>
        <path d={rim} fill="var(--print-rim)" fillRule="evenodd" />
      </Layer>
      {shownWords && (
        <p className="absolute inset-x-5 bottom-4 line-clamp-2 font-semibold text-sm text-wash-5" dir="auto">
          {shownWords}
        </p>
      )}
    </div>
  );
}

function Layer({ viewBox, children }: { viewBox: string; children: ReactNode }) {
  return (
    <svg
      viewBox={viewBox}
      preserveAspectRatio="xMidYMid slice"
      className="absolute inset-0 size-full"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

function firstWords(text: string): string {
  const words = text.trim().split(/\s+/);
  const start = words.slice(0, WORDS_MAX).join(" ").slice(0, LETTERS_MAX);
  return start.length < text.trim().length ? `${start}…` : start;
}
