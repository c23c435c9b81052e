import { drawLatentPrint, type PrintShape } from "@/components/latent-print/draw-latent-print";
import { MARK_SEED } from "./mark-seed";

/** The tones of the wash as files need them, which know no variables. */
const WASH = ["#02203c", "#05345c", "#125080", "#3d7aa8", "#84b1cf", "#dceaf4"] as const;

function fillOf({ tone }: PrintShape): string {
  // The twig in the mark is paper white; it has to be read at sixteen pixels.
  return WASH[tone === 4 ? 5 : tone];
}

/** The mark as a file of its own: the app's icon. */
export function drawMarkSvg(): string {
  const { width, height, shapes } = drawLatentPrint({ seed: MARK_SEED, ratio: 1, plantCount: 1 });
  const paths = shapes.map((shape) => `<path d="${shape.path}" fill="${fillOf(shape)}"/>`).join("");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><title>Sunprint</title>` +
    `<clipPath id="c"><rect width="${width}" height="${height}" rx="${width * 0.22}"/></clipPath>` +
    `<g clip-path="url(#c)"><path d="M0 0H${width}V${height}H0z" fill="${WASH[0]}"/>${paths}</g></svg>\n`
  );
}
