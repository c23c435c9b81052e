/**
 * Small things a landscape can hold, as SVG silhouettes: each stands or floats on y = 0, is about one
 * unit tall or wide, and is drawn in one colour.
 */

const f = (value: number): string => value.toFixed(3);

/** Somebody standing with the back to the viewer. */
export const PERSON =
  '<circle cx="0" cy="-0.915" r="0.068"/><path d="M-0.05 -0.86L0.05 -0.86L0.06 -0.82C0.11 -0.8 0.135 -0.76 0.145 -0.66L0.16 -0.44L0.115 -0.43L0.1 -0.36L0.085 0H0.022L0.004 -0.34L-0.004 -0.34L-0.022 0H-0.085L-0.1 -0.36L-0.115 -0.43L-0.16 -0.44L-0.145 -0.66C-0.135 -0.76 -0.11 -0.8 -0.06 -0.82Z"/>';

/** The same, in a long dress or robe. */
export const ROBED_PERSON =
  '<circle cx="0" cy="-0.915" r="0.066"/><path d="M-0.045 -0.86L0.045 -0.86L0.055 -0.82C0.105 -0.8 0.125 -0.75 0.13 -0.66L0.14 -0.45L0.1 -0.44L0.09 -0.5C0.11 -0.35 0.17 -0.15 0.2 0H-0.2C-0.17 -0.15 -0.11 -0.35 -0.09 -0.5L-0.1 -0.44L-0.14 -0.45L-0.13 -0.66C-0.125 -0.75 -0.105 -0.8 -0.055 -0.82Z"/><path d="M-0.07 -0.96C-0.06 -1.02 0.06 -1.02 0.07 -0.96C0.09 -0.88 0.08 -0.78 0.06 -0.7H-0.06C-0.08 -0.78 -0.09 -0.88 -0.07 -0.96Z"/>';

/** Somebody under an umbrella. */
export const UMBRELLA = `${PERSON}<path d="M-0.4 -1.02C-0.38 -1.3 0.38 -1.3 0.4 -1.02C0.3 -1.06 0.22 -1.06 0.14 -1.02C0.05 -1.06 -0.05 -1.06 -0.14 -1.02C-0.22 -1.06 -0.3 -1.06 -0.4 -1.02Z"/><path d="M0.02 -1.25V-0.6" stroke="#000" stroke-width="0.016"/>`;

/** A flat boat with a fisherman and his pole. */
export const ROWING_BOAT =
  '<path d="M-0.6 -0.13C-0.35 -0.03 0.35 -0.03 0.62 -0.16C0.5 0.05 -0.45 0.06 -0.6 -0.13Z"/><circle cx="0.13" cy="-0.44" r="0.042"/><path d="M0.02 -0.415L0.13 -0.5L0.24 -0.415Z"/><path d="M0.1 -0.4C0.04 -0.36 0.03 -0.2 0.04 -0.06H0.22C0.22 -0.2 0.2 -0.36 0.16 -0.4Z"/><path d="M0.1 -0.28L-0.68 -0.52" stroke="#000" stroke-width="0.012"/>';

/** A small yacht under sail. */
export const SAILING_BOAT =
  '<path d="M-0.32 -0.07C-0.1 -0.04 0.2 -0.04 0.36 -0.09C0.3 0.03 -0.22 0.05 -0.32 -0.07Z"/><path d="M0.02 -0.09V-1" stroke="#000" stroke-width="0.014"/><path d="M0.035 -0.97C0.2 -0.6 0.28 -0.35 0.31 -0.14H0.035Z"/><path d="M-0.005 -0.9C-0.1 -0.55 -0.2 -0.3 -0.28 -0.14H-0.005Z"/>';

/** A cat sitting with the back to the viewer. */
export const CAT =
  '<path d="M-0.3 0C-0.36 -0.28 -0.24 -0.5 -0.15 -0.6C-0.21 -0.7 -0.2 -0.82 -0.185 -0.99L-0.085 -0.885C-0.03 -0.9 0.03 -0.9 0.085 -0.885L0.185 -0.99C0.2 -0.82 0.21 -0.7 0.15 -0.6C0.24 -0.5 0.36 -0.28 0.3 0Z"/><path d="M0.24 -0.03C0.46 0 0.62 -0.06 0.6 -0.2C0.59 -0.27 0.52 -0.28 0.5 -0.23" fill="none" stroke="#000" stroke-width="0.075" stroke-linecap="round"/>';

/** A rabbit sitting, from the side. */
export const RABBIT =
  '<path d="M-0.34 0C-0.46 -0.2 -0.36 -0.48 -0.1 -0.5C0.02 -0.5 0.1 -0.54 0.16 -0.6C0.1 -0.75 0.06 -0.92 0.08 -1.02C0.16 -1 0.22 -0.86 0.24 -0.72C0.27 -0.86 0.33 -0.98 0.4 -1C0.4 -0.88 0.36 -0.74 0.34 -0.66C0.44 -0.6 0.48 -0.5 0.44 -0.44C0.38 -0.38 0.32 -0.36 0.3 -0.32C0.3 -0.2 0.32 -0.1 0.36 0Z"/><circle cx="-0.4" cy="-0.14" r="0.08"/>';

/** A crane on one leg and a half, its neck in an S. */
export const CRANE =
  '<path d="M-0.34 -0.52C-0.2 -0.66 0.05 -0.68 0.16 -0.58C0.2 -0.52 0.12 -0.44 0 -0.42C-0.14 -0.4 -0.26 -0.42 -0.44 -0.36C-0.42 -0.42 -0.4 -0.46 -0.34 -0.52Z"/><path d="M0.12 -0.56C0.24 -0.66 0.12 -0.78 0.18 -0.9C0.2 -0.95 0.24 -0.97 0.27 -0.96" fill="none" stroke="#000" stroke-width="0.045" stroke-linecap="round"/><path d="M0.27 -0.985L0.46 -0.93L0.27 -0.94Z"/><path d="M-0.03 -0.44L-0.01 0M-0.08 -0.44L-0.14 -0.2L-0.02 -0.16" fill="none" stroke="#000" stroke-width="0.016"/>';

/** One bird on the wing, seen from afar. */
export const FLYING_BIRD =
  '<path d="M-1 -0.1C-0.6 -0.42 -0.25 -0.35 0 -0.02C0.25 -0.35 0.6 -0.42 1 -0.1C0.6 -0.26 0.28 -0.18 0.06 0.08L0 0.12L-0.06 0.08C-0.28 -0.18 -0.6 -0.26 -1 -0.1Z"/>';

/** A whale's flukes above the water. */
export const WHALE_TAIL =
  '<path d="M-0.09 0C-0.07 -0.2 -0.04 -0.34 -0.05 -0.46C-0.2 -0.56 -0.42 -0.58 -0.6 -0.5C-0.5 -0.72 -0.24 -0.78 0 -0.62C0.24 -0.78 0.5 -0.72 0.6 -0.5C0.42 -0.58 0.2 -0.56 0.05 -0.46C0.04 -0.34 0.07 -0.2 0.09 0Z"/>';

/** A tower with a lamp on a rock. */
export const LIGHTHOUSE =
  '<path d="M-0.5 0.02C-0.4 -0.1 -0.25 -0.12 -0.15 -0.16H0.14C0.28 -0.1 0.42 -0.1 0.56 0.02Z"/><path d="M-0.085 -0.14L-0.058 -0.78H0.058L0.085 -0.14Z"/><rect x="-0.078" y="-0.8" width="0.156" height="0.022"/><rect x="-0.042" y="-0.88" width="0.084" height="0.085"/><path d="M-0.056 -0.88L0 -0.96L0.056 -0.88Z"/>';

/** A hut with a chimney; its window is a hole. */
export const CABIN =
  '<path fill-rule="evenodd" d="M-0.42 0V-0.36L-0.52 -0.33L-0.54 -0.38L0 -0.74L0.14 -0.65V-0.78H0.24V-0.58L0.54 -0.38L0.52 -0.33L0.42 -0.36V0ZM-0.1 -0.14H0.1V-0.34H-0.1Z"/>';

/** The cabin's roof, where it has a colour of its own. */
export const CABIN_ROOF = '<path d="M-0.52 -0.33L-0.54 -0.38L0 -0.74L0.54 -0.38L0.52 -0.33L0 -0.66Z"/>';

/** The tail of a curled-up animal, in a lighter tone than the rest. */
export const CURLED_TAIL =
  '<path d="M0.5 -0.02C0.3 0.06 -0.1 0.07 -0.34 0.03C-0.5 0 -0.6 -0.12 -0.46 -0.17C-0.2 -0.22 0.16 -0.16 0.34 -0.12C0.44 -0.1 0.56 -0.08 0.5 -0.02Z"/><path d="M0.3 -0.2C0.36 -0.16 0.44 -0.16 0.48 -0.2" fill="none" stroke="#000" stroke-width="0.012"/>';

/** A fox, dog or cat asleep, curled up with its tail around it. */
export const CURLED =
  '<path d="M-0.5 -0.02C-0.62 -0.2 -0.5 -0.44 -0.22 -0.5C0.08 -0.56 0.42 -0.48 0.54 -0.26C0.58 -0.12 0.5 0.01 0.36 0.02H-0.4Z"/><path d="M0.2 -0.3L0.26 -0.5L0.38 -0.36L0.5 -0.48L0.52 -0.28C0.6 -0.2 0.58 -0.1 0.5 -0.06L0.24 -0.1Z"/>';

/** The cabin's window, for the light in it. */
export const CABIN_WINDOW = '<path d="M-0.1 -0.14H0.1V-0.34H-0.1Z"/>';

/** A gate of two posts and two beams. */
export const TORII =
  '<path d="M-0.56 -0.98C-0.2 -0.9 0.2 -0.9 0.56 -0.98L0.53 -0.86C0.2 -0.81 -0.2 -0.81 -0.53 -0.86Z"/><rect x="-0.42" y="-0.72" width="0.84" height="0.065"/><path d="M-0.34 -0.86H-0.26L-0.28 0H-0.38ZM0.34 -0.86H0.26L0.28 0H0.38Z"/><rect x="-0.035" y="-0.84" width="0.07" height="0.14"/>';

/** A balloon without its stripes. */
export const BALLOON =
  '<path d="M0 -1C0.36 -1 0.46 -0.68 0.34 -0.48C0.26 -0.34 0.14 -0.26 0.09 -0.18H-0.09C-0.14 -0.26 -0.26 -0.34 -0.34 -0.48C-0.46 -0.68 -0.36 -1 0 -1Z"/><path d="M-0.07 -0.18L-0.055 -0.1M0.07 -0.18L0.055 -0.1" stroke="#000" stroke-width="0.01"/><rect x="-0.065" y="-0.1" width="0.13" height="0.1" rx="0.02"/>';

/** A paper lantern that rises with the heat of its flame. */
export const SKY_LANTERN =
  '<path d="M-0.3 0C-0.5 -0.3 -0.46 -0.8 -0.3 -0.96C-0.15 -1.04 0.15 -1.04 0.3 -0.96C0.46 -0.8 0.5 -0.3 0.3 0Z"/>';

/** A train of coaches on its way to the right. */
export const TRAIN = `${[0, 1, 2, 3]
  .map(
    (coach) =>
      `<rect x="${f(-1.6 + coach * 0.78)}" y="-0.32" width="0.74" height="0.26" rx="0.03"/><rect x="${f(-1.55 + coach * 0.78)}" y="-0.07" width="0.2" height="0.07"/><rect x="${f(-1.1 + coach * 0.78)}" y="-0.07" width="0.2" height="0.07"/>`,
  )
  .join("")}<path d="M1.52 -0.06V-0.32H1.7C1.85 -0.3 1.92 -0.16 1.94 -0.06Z"/>`;

/** A pagoda of several roofs with turned-up eaves. */
export function pagoda(storeys: number): string {
  const shapes: string[] = [];
  const tall = 0.86 / storeys;
  for (let storey = 0; storey < storeys; storey += 1) {
    const y = -storey * tall;
    const wide = 0.3 * (1 - storey * 0.13);
    const eave = wide * 1.55;
    shapes.push(
      `<rect x="${f(-wide * 0.8)}" y="${f(y - tall)}" width="${f(wide * 1.6)}" height="${f(tall)}"/><path d="M${f(-eave)} ${f(y - tall * 0.82)}Q${f(-wide * 0.9)} ${f(y - tall * 0.86)} ${f(-wide * 0.55)} ${f(y - tall * 1.24)}H${f(wide * 0.55)}Q${f(wide * 0.9)} ${f(y - tall * 0.86)} ${f(eave)} ${f(y - tall * 0.82)}L${f(eave * 0.98)} ${f(y - tall * 0.7)}H${f(-eave * 0.98)}Z"/>`,
    );
  }
  shapes.push(`<path d="M-0.05 -0.92L0 -1.18L0.05 -0.92Z"/>`);
  return shapes.join("");
}

/** An arched bridge, two units wide. */
export const BRIDGE =
  '<path fill-rule="evenodd" d="M-1 0C-0.6 -0.42 0.6 -0.42 1 0L0.94 0.02C0.84 -0.04 0.8 -0.06 0.72 -0.09C0.6 0.06 0.36 0.06 0.3 -0.22C0.1 -0.26 -0.1 -0.26 -0.3 -0.22C-0.36 0.06 -0.6 0.06 -0.72 -0.09C-0.8 -0.06 -0.84 -0.04 -0.94 0.02Z"/><path d="M-0.96 -0.08C-0.58 -0.49 0.58 -0.49 0.96 -0.08" fill="none" stroke="#000" stroke-width="0.02"/>';
