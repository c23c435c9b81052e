import type { ReactNode } from "react";
import { SentenceGap } from "@/components/ui/sentence-gap";

type EndCardProps = {
  title: string;
  /** What happened to the credits. */
  money?: string | null;
  /** A short code that support can find the job by. */
  code?: string | null;
  children?: ReactNode;
};

/**
 * A card laid over bleached frames: why there is no picture, what it cost (nothing), and what to do next. Wider than a
 * narrow frame on a desk, so that its sentences stay sentences.
 */
export function EndCard({ title, money, code, children }: EndCardProps) {
  return (
    <div className="absolute inset-x-2 bottom-2 max-h-[calc(100%-1rem)] max-w-md overflow-y-auto lg:right-auto lg:w-[max(100%-1rem,22rem)] rounded-control border border-line bg-sheet p-3 text-sm">
      <p>
        {title}
        {money && (
          <>
            <SentenceGap />
            <strong className="font-semibold">{money}</strong>
          </>
        )}
      </p>
      {/* As high as a button from the first paint, so that nothing moves when what it does has been loaded. */}
      <div className="mt-2 flex min-h-8 flex-wrap items-center gap-2 coarse:min-h-control">
        {children}
        {/* One press selects it, and it is never broken over two lines: half a code finds nothing. */}
        {code && (
          <span className="numeric ml-auto select-all whitespace-nowrap text-ink-3 text-xs">{code}</span>
        )}
      </div>
    </div>
  );
}
