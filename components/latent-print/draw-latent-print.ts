import { PLANTS, paperPath, rimPath } from "./plant-paths";
import { createSeededRandom, hashText, type SeededRandom } from "./seeded-random";

/** How much light reached the sheet: 1 is almost covered by sun, 4 lay in the shade of a leaf. */
export type Tone = 1 | 2 | 3 | 4;
export type PrintShape = { path: string; tone: Tone };
export type PrintDrawing = { width: number; height: number; shapes: PrintShape[]; rim: string };

/** The part of the sheet that things are laid on. */
type Field = { left: number; width: number; height: number };

/** The sheet's area is the same in every shape, so that leaves have the same size in all of them. */
const SIDE = 400;

/**
 * A cyanotype that is still in the wash: leaves and paper on blue, the same for the same seed everywhere. It stands in
 * for a picture until there is one, so it needs no script, no filter and no more than about two kilobytes.
 */
export function drawLatentPrint({
  seed,
  ratio,
  plantCount,
  clearShare = 0,
}: {
  seed: string;
  /** Width over height. */
  ratio: number;
  /** Chosen by the seed when absent. */
  plantCount?: number;
  /** How much of the width stays empty on the left, for words. */
  clearShare?: number;
}): PrintDrawing {
  const random = createSeededRandom(hashText(seed));
  const width = Math.round(SIDE * Math.sqrt(ratio));
  const height = Math.round(SIDE / Math.sqrt(ratio));
  const size = { width, height };
  const field = { left: width * clearShare, width: width * (1 - clearShare), height };
  const shapes: PrintShape[] = [{ path: paperPath(random, field), tone: 1 }];
  if (random.isHeads()) {
    shapes.push({ path: paperPath(random, field), tone: 1 });
  }
  const tones: readonly Tone[] = [2, 3, 4];
  const count = plantCount ?? random.whole(2, 3) + (ratio > 1.6 ? 1 : 0);
  const side = random.isHeads() ? 1 : -1;
  for (let index = 0; index < count; index++) {
    const plant = PLANTS[random.whole(0, PLANTS.length - 1)];
    const tone = tones[(Math.max(0, 3 - count) + index) % tones.length];
    if (plant && tone) {
      shapes.push({ path: plant(random, place(random, { ...field, index, count, side })), tone });
    }
  }
  return { width, height, shapes, rim: rimPath(random, size) };
}

/** Plants grow from below and lean inwards, each in its own part of the sheet, the brightest over the others. */
function place(
  random: SeededRandom,
  { left, width, height, index, count, side }: Field & { index: number; count: number; side: number },
) {
  const slot = (index + 0.5) / count;
  const across = side > 0 ? slot : 1 - slot;
  const x = width * (0.12 + across * 0.76 + random.between(-0.08, 0.08));
  const lean = (0.5 - x / width) * 0.9 + random.between(-0.35, 0.35);
  return {
    x: left + x,
    y: height * random.between(0.86, 1.04),
    angle: -Math.PI / 2 + lean,
    length: height * random.between(0.72, 0.98) * Math.min(1.15, Math.max(0.72, width / height)),
  };
}
