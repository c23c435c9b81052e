import { drawLatentPrint } from "@/components/latent-print/draw-latent-print";
import { MARK_SEED } from "./mark-seed";

/** The sign of the house: a latent print with a single twig. Decoration beside the name. */
export function Mark({ className = "size-7" }: { className?: string }) {
  const { width, height, shapes } = drawLatentPrint({ seed: MARK_SEED, ratio: 1, plantCount: 1 });
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className={`${className} rounded-[22%]`} aria-hidden="true">
      <path d={`M0 0H${width}V${height}H0z`} fill="var(--color-wash-0)" />
      {shapes.map(({ path, tone }) => (
        <path key={path} d={path} fill={`var(--color-wash-${tone === 4 ? 5 : tone})`} />
      ))}
    </svg>
  );
}
