type ShapeGlyphProps = { width: number; height: number; side?: number };

/** A shape, drawn: a rectangle of its proportions within a square. */
export function ShapeGlyph({ width, height, side = 16 }: ShapeGlyphProps) {
  const scale = (side - 2) / Math.max(width, height);
  const [drawnWidth, drawnHeight] = [width * scale, height * scale];
  return (
    <svg width={side} height={side} aria-hidden="true" className="shrink-0">
      <rect
        x={(side - drawnWidth) / 2}
        y={(side - drawnHeight) / 2}
        width={drawnWidth}
        height={drawnHeight}
        rx={1.5}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
      />
    </svg>
  );
}
