import type { Random } from "../../core/random.ts";
import { between } from "../easel.ts";

/** A plant form as SVG, growing up from the origin to a height of about 1. */
export type PlantForm = (random: Random) => string;

const degrees = (radians: number): number => (radians * 180) / Math.PI;
const fixed = (value: number): string => value.toFixed(4);

function leafPath(long: number, wide: number): string {
  return `M0 0C${fixed(wide)} ${fixed(-long * 0.3)} ${fixed(wide * 0.8)} ${fixed(-long * 0.75)} 0 ${fixed(-long)}C${fixed(-wide * 0.8)} ${fixed(-long * 0.75)} ${fixed(-wide)} ${fixed(-long * 0.3)} 0 0Z`;
}

/** A point of a stem that bends to one side, and the direction there. */
function stemPoint(part: number, bend: number): { x: number; y: number; angle: number } {
  return { x: bend * part * part, y: -part, angle: Math.atan2(2 * bend * part, 1) };
}

function stem(bend: number, thick: number): string {
  return `<path d="M0 0Q0 -0.5 ${fixed(bend)} -1" fill="none" stroke="#000" stroke-width="${fixed(thick)}" stroke-linecap="round"/>`;
}

/** A fern frond: pinnae in pairs, longest below the middle. */
export const fern: PlantForm = (random) => {
  const bend = between(random, 0.18, 0.45) * (random() < 0.5 ? 1 : -1);
  const shapes = [stem(bend, 0.008)];
  const pairs = 18;
  for (let pair = 1; pair < pairs; pair += 1) {
    const part = 0.1 + (0.9 * pair) / pairs;
    const { x, y, angle } = stemPoint(part, bend);
    const long = 0.235 * Math.sin(Math.PI * (0.12 + 0.88 * part) ** 0.85) + 0.012;
    for (const side of [-1, 1]) {
      const turn = degrees(angle) + side * (68 - 22 * part);
      const leaflets: string[] = [];
      for (let leaflet = 0; leaflet < 6; leaflet += 1) {
        const at = (leaflet + 0.6) / 6.2;
        const size = long * 0.2 * (1 - at * 0.75);
        for (const half of [-1, 1]) {
          leaflets.push(
            `<path transform="translate(0 ${fixed(-long * at)}) rotate(${fixed(half * 58)})" d="${leafPath(size, size * 0.3)}"/>`,
          );
        }
      }
      shapes.push(
        `<g transform="translate(${fixed(x)} ${fixed(y)}) rotate(${fixed(turn)})"><path d="${leafPath(long, long * 0.05)}"/>${leaflets.join("")}</g>`,
      );
    }
  }
  return shapes.join("");
};

/** A sprig with paired leaves, as eucalyptus or sage has. */
export const sprig: PlantForm = (random) => {
  const bend = between(random, -0.3, 0.3);
  const wide = between(random, 0.24, 0.52);
  const shapes = [stem(bend, 0.011)];
  const count = 7 + Math.floor(random() * 5);
  for (let leaf = 0; leaf < count; leaf += 1) {
    const part = 0.16 + (0.82 * leaf) / count;
    const { x, y, angle } = stemPoint(part, bend);
    const long = between(random, 0.17, 0.21) * (1.15 - 0.65 * part);
    for (const side of [-1, 1]) {
      const turn = degrees(angle) + side * between(random, 42, 66);
      shapes.push(
        `<path transform="translate(${fixed(x)} ${fixed(y)}) rotate(${fixed(turn)})" d="${leafPath(long, long * wide)}"/>`,
      );
    }
  }
  const tip = stemPoint(1, bend);
  shapes.push(
    `<path transform="translate(${fixed(tip.x)} ${fixed(tip.y + 0.02)}) rotate(${fixed(degrees(tip.angle))})" d="${leafPath(0.11, 0.11 * wide)}"/>`,
  );
  return shapes.join("");
};

/** A wild flower: a thin stem, feathery leaves, a head of narrow petals. */
export const cosmos: PlantForm = (random) => {
  const bend = between(random, -0.25, 0.25);
  const shapes = [stem(bend, 0.008)];
  for (let leaf = 0; leaf < 6; leaf += 1) {
    const { x, y, angle } = stemPoint(0.12 + leaf * 0.11, bend);
    const side = leaf % 2 === 0 ? 1 : -1;
    for (let thread = 0; thread < 4; thread += 1) {
      const turn = degrees(angle) + side * (28 + thread * 13);
      shapes.push(
        `<path transform="translate(${fixed(x)} ${fixed(y)}) rotate(${fixed(turn)})" d="${leafPath(0.17 - thread * 0.02, 0.007)}"/>`,
      );
    }
  }
  const head = stemPoint(1, bend);
  const petals = 8;
  const tilt = between(random, 0.55, 1);
  for (let petal = 0; petal < petals; petal += 1) {
    const turn = (360 / petals) * petal + random() * 8;
    shapes.push(
      `<path transform="translate(${fixed(head.x)} ${fixed(head.y)}) scale(1 ${fixed(tilt)}) rotate(${fixed(turn)})" d="M0 0C0.055 -0.05 0.062 -0.13 0.035 -0.165L0.012 -0.155L0 -0.168L-0.014 -0.154L-0.035 -0.165C-0.062 -0.13 -0.055 -0.05 0 0Z"/>`,
    );
  }
  return shapes.join("");
};

/** A seed head on a long stem: rays that end in dots, as dandelion and wild carrot have. */
export const umbel: PlantForm = (random) => {
  const bend = between(random, -0.2, 0.2);
  const shapes = [stem(bend, 0.009)];
  const head = stemPoint(0.82, bend * 0.8);
  const rays = 17;
  for (let ray = 0; ray < rays; ray += 1) {
    const angle = -Math.PI / 2 + (ray / (rays - 1) - 0.5) * 2.5;
    const long = between(random, 0.16, 0.23);
    const x = head.x + Math.cos(angle) * long;
    const y = head.y + Math.sin(angle) * long;
    shapes.push(
      `<path d="M${fixed(head.x)} ${fixed(head.y)}L${fixed(x)} ${fixed(y)}" stroke="#000" stroke-width="0.005"/>`,
    );
    for (let dot = 0; dot < 6; dot += 1) {
      const around = random() * 6.28;
      shapes.push(
        `<circle cx="${fixed(x + Math.cos(around) * 0.02)}" cy="${fixed(y + Math.sin(around) * 0.02)}" r="0.0085"/>`,
      );
    }
  }
  shapes.push(
    `<path transform="translate(${fixed(bend * 0.2)} -0.42) rotate(38)" d="${leafPath(0.26, 0.035)}"/>`,
  );
  shapes.push(
    `<path transform="translate(${fixed(bend * 0.1)} -0.26) rotate(-42)" d="${leafPath(0.22, 0.035)}"/>`,
  );
  return shapes.join("");
};

/** A ginkgo twig: fans on thin stalks. */
export const ginkgo: PlantForm = (random) => {
  const bend = between(random, -0.3, 0.3);
  const shapes = [stem(bend, 0.012)];
  for (let leaf = 0; leaf < 9; leaf += 1) {
    const { x, y, angle } = stemPoint(0.2 + leaf * 0.1, bend);
    const turn = degrees(angle) + (leaf % 2 === 0 ? 1 : -1) * between(random, 35, 80);
    const size = between(random, 0.7, 1.05);
    shapes.push(
      `<g transform="translate(${fixed(x)} ${fixed(y)}) rotate(${fixed(turn)}) scale(${fixed(size)})"><path d="M0 0L0.004 -0.1L-0.004 -0.1Z" stroke="#000" stroke-width="0.006"/><path d="M0 -0.09C0.03 -0.12 0.1 -0.13 0.135 -0.18C0.12 -0.235 0.06 -0.26 0.012 -0.245L0 -0.2L-0.012 -0.245C-0.06 -0.26 -0.12 -0.235 -0.135 -0.18C-0.1 -0.13 -0.03 -0.12 0 -0.09Z"/></g>`,
    );
  }
  return shapes.join("");
};

/** Tall grass with drooping ears. */
export const grass: PlantForm = (random) => {
  const shapes: string[] = [];
  for (let blade = 0; blade < 5; blade += 1) {
    const lean = between(random, -0.4, 0.4);
    const tall = between(random, 0.6, 1);
    shapes.push(
      `<path d="M0 0Q0 ${fixed(-tall * 0.6)} ${fixed(lean)} ${fixed(-tall)}" fill="none" stroke="#000" stroke-width="0.008" stroke-linecap="round"/>`,
    );
    for (let seed = 0; seed < 9; seed += 1) {
      const part = 0.78 + seed * 0.026;
      const x = lean * part * part;
      const turn = degrees(Math.atan2(lean, 0.8)) + (seed % 2 === 0 ? 26 : -26);
      shapes.push(
        `<path transform="translate(${fixed(x)} ${fixed(-tall * part)}) rotate(${fixed(turn)})" d="${leafPath(0.06, 0.011)}"/>`,
      );
    }
  }
  return shapes.join("");
};
