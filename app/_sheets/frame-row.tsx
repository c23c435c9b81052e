import type { ReactNode } from "react";

type FrameRowProps = { width: number; height: number; count: number; children: ReactNode };

/**
 * Frames of one shape in a row, 260 px high or as high as fits. All of it follows from the shape, so every frame has its
 * final size from the first paint. On a phone they stand below each other, two across when they are not wide.
 */
export function FrameRow({ width, height, count, children }: FrameRowProps) {
  const ratio = width / height;
  const isWide = ratio > 1.15;
  return (
    <div
      className="frame-row relative grid gap-1 lg:gap-2"
      style={{
        "--frame-ratio": `${width}/${height}`,
        "--frame-width": `${Math.round(260 * ratio)}px`,
        "--frame-count": count,
        "--frame-across": count > 1 && !isWide ? 2 : 1,
      }}
    >
      {children}
    </div>
  );
}
