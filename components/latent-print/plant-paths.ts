import type { SeededRandom } from "./seeded-random";

/** Where a plant lies on the sheet: its foot, the way it grows (radians, 0 is to the right) and how far. */
export type Placement = { x: number; y: number; angle: number; length: number };

type Plant = (random: SeededRandom, placement: Placement) => string;

const whole = (value: number) => String(Math.round(value));

/** `12 -3` as `12-3`: the prints are in the page's HTML, so every byte counts. */
function pair(x: number, y: number): string {
  const second = whole(y);
  return `${whole(x)}${second.startsWith("-") ? "" : " "}${second}`;
}

/** A leaf from its foot to its tip and back, `width` at its widest. */
function leaf({ x, y, angle, length }: Placement, width: number): string {
  const tipX = Math.cos(angle) * length;
  const tipY = Math.sin(angle) * length;
  const sideX = -Math.sin(angle) * width;
  const sideY = Math.cos(angle) * width;
  const there = pair(tipX * 0.42 + sideX, tipY * 0.42 + sideY);
  const back = pair(-tipX * 0.58 - sideX, -tipY * 0.58 - sideY);
  return `M${pair(x, y)}q${there} ${pair(tipX, tipY)}q${back} ${pair(-tipX, -tipY)}z`;
}

/** Points along a stem that bends by `bend` radians on its way. */
function* alongStem({ x, y, angle, length }: Placement, steps: number, bend: number) {
  let [px, py] = [x, y];
  for (let step = 0; step <= steps; step++) {
    const part = step / steps;
    const direction = angle + bend * (part - 0.5);
    yield { x: px, y: py, direction, part };
    px += (Math.cos(direction) * length) / steps;
    py += (Math.sin(direction) * length) / steps;
  }
}

function stem(placement: Placement, bend: number, width: number): string {
  const points = [...alongStem(placement, 6, bend)];
  const [foot] = points;
  const tip = points.at(-1);
  const middle = points[3];
  if (!foot || !tip || !middle) {
    return "";
  }
  const controlX = 2 * middle.x - (foot.x + tip.x) / 2;
  const controlY = 2 * middle.y - (foot.y + tip.y) / 2;
  const sideX = -Math.sin(placement.angle) * width;
  const sideY = Math.cos(placement.angle) * width;
  return (
    `M${pair(foot.x - sideX, foot.y - sideY)}Q${pair(controlX, controlY)} ${pair(tip.x, tip.y)}` +
    `Q${pair(controlX + sideX, controlY + sideY)} ${pair(foot.x + sideX, foot.y + sideY)}z`
  );
}

/** Pairs of narrow leaflets that shorten towards the tip. */
const fern: Plant = (random, placement) => {
  const bend = random.between(-0.9, 0.9);
  const pairs = random.whole(9, 12);
  const spread = random.between(0.85, 1.1);
  let path = stem(placement, bend, placement.length * 0.008);
  for (const { x, y, direction, part } of alongStem(placement, pairs, bend)) {
    const reach = placement.length * 0.3 * Math.sin(Math.PI * (0.2 + 0.8 * part)) * (1.06 - part * 0.5);
    if (part > 0.08) {
      for (const side of [-1, 1]) {
        const angle = direction + side * (spread - part * 0.35);
        path += leaf({ x, y, angle, length: Math.max(reach, 5) }, Math.max(reach * 0.17, 2));
      }
    }
  }
  return path;
};

/** Broader leaves that alternate along a twig. */
const twig: Plant = (random, placement) => {
  const bend = random.between(-1.1, 1.1);
  const leaves = random.whole(7, 10);
  const breadth = random.between(0.2, 0.34);
  let path = stem(placement, bend, placement.length * 0.009);
  let side = random.isHeads() ? 1 : -1;
  for (const { x, y, direction, part } of alongStem(placement, leaves, bend)) {
    const length = placement.length * (0.34 - part * 0.12);
    const angle = part === 1 ? direction : direction + side * random.between(0.55, 0.85);
    if (part > 0.1) {
      path += leaf({ x, y, angle, length }, length * breadth);
    }
    side = -side;
  }
  return path;
};

/** Blades of grass out of one tuft. */
const grass: Plant = (random, placement) => {
  let path = "";
  for (let blade = random.whole(5, 8); blade > 0; blade--) {
    const length = placement.length * random.between(0.55, 1.1);
    path += stem(
      {
        ...placement,
        x: placement.x + random.between(-9, 9),
        angle: placement.angle + random.between(-0.5, 0.5),
        length,
      },
      random.between(-1, 1),
      random.between(2, 4),
    );
  }
  return path;
};

/** Rays with seeds at their ends, like wild carrot. */
const umbel: Plant = (random, placement) => {
  const bend = random.between(-0.5, 0.5);
  let path = stem({ ...placement, length: placement.length * 0.62 }, bend, placement.length * 0.009);
  const [top] = [...alongStem({ ...placement, length: placement.length * 0.62 }, 6, bend)].slice(-1);
  const rays = random.whole(9, 13);
  for (let ray = 0; top && ray < rays; ray++) {
    const angle = top.direction + ((ray + 0.5) / rays - 0.5) * 2.3;
    const length = placement.length * random.between(0.3, 0.4);
    path += leaf({ x: top.x, y: top.y, angle, length }, 1.6);
    const radius = Math.round(random.between(3, placement.length * 0.035));
    const [x, y] = [top.x + Math.cos(angle) * length, top.y + Math.sin(angle) * length];
    path += `M${pair(x - radius, y)}a${radius} ${radius} 0 1 0 ${radius * 2} 0a${radius} ${radius} 0 1 0-${radius * 2} 0z`;
  }
  return path;
};

/** Two or three small fans on one twig, split in the middle, like ginkgo. */
const ginkgo: Plant = (random, placement) => {
  const bend = random.between(-0.6, 0.6);
  let path = stem(placement, bend, placement.length * 0.009);
  let side = random.isHeads() ? 1 : -1;
  for (const { x, y, direction, part } of alongStem(placement, 3, bend)) {
    if (part > 0) {
      const angle = part === 1 ? direction : direction + side * random.between(0.6, 0.95);
      path += fan(random, { x, y, angle, length: placement.length * (0.46 - part * 0.1) });
      side = -side;
    }
  }
  return path;
};

function fan(random: SeededRandom, { x, y, angle, length }: Placement): string {
  const at = (turn: number, reach: number) =>
    pair(x + Math.cos(angle + turn) * length * reach, y + Math.sin(angle + turn) * length * reach);
  const open = random.between(0.6, 0.78);
  return (
    leaf({ x, y, angle, length: length * 0.5 }, length * 0.014) +
    `M${at(0, 0.36)}Q${at(-open * 0.62, 0.5)} ${at(-open, 0.86)}Q${at(-open * 0.55, 1.08)} ${at(-0.06, 0.98)}` +
    `L${at(0.01, random.between(0.62, 0.74))}L${at(0.09, 0.99)}Q${at(open * 0.6, 1.07)} ${at(open, 0.84)}` +
    `Q${at(open * 0.62, 0.5)} ${at(0, 0.36)}z`
  );
}

/** One large leaf whose half is folded, so that a thin line of light is left along its rib. */
const blade: Plant = (random, placement) => {
  const width = placement.length * random.between(0.24, 0.36);
  const { x, y, angle, length } = placement;
  const gap = length * 0.012;
  const [tipX, tipY] = [Math.cos(angle) * length, Math.sin(angle) * length];
  const half = (side: number) => {
    const [sideX, sideY] = [-Math.sin(angle) * side, Math.cos(angle) * side];
    return (
      `M${pair(x + sideX * gap, y + sideY * gap)}q${pair(tipX * 0.3 + sideX * width, tipY * 0.3 + sideY * width)} ` +
      `${pair(tipX, tipY)}z`
    );
  };
  return (
    half(1) + half(-1) + stem({ ...placement, angle: angle + Math.PI, length: length * 0.22 }, 0.4, gap * 1.4)
  );
};

export const PLANTS: readonly Plant[] = [fern, twig, umbel, ginkgo, grass, blade, fern, twig];

/** A torn piece of paper, laid under the plants. */
export function paperPath(
  random: SeededRandom,
  field: { left: number; width: number; height: number },
): string {
  const width = field.width * random.between(0.3, 0.55);
  const height = field.height * random.between(0.35, 0.7);
  const left = field.left + random.between(-0.1, 0.75) * field.width;
  const top = random.between(-0.15, 0.5) * field.height;
  const slant = random.between(-0.14, 0.14);
  const corner = (x: number, y: number) =>
    pair(
      left + x * width - y * height * slant + random.between(-4, 4),
      top + y * height + x * width * slant + random.between(-4, 4),
    );
  return `M${corner(0, 0)}L${corner(0.5, 0)} ${corner(1, 0)} ${corner(1, 0.6)} ${corner(1, 1)} ${corner(0.4, 1)} ${corner(0, 1)}z`;
}

/**
 * The sheet's bare rim: everything outside the brushed-on emulsion. The brush went from side to side, so the left and
 * right ends are steps of single strokes and the long edges only waver.
 */
export function rimPath(random: SeededRandom, { width, height }: { width: number; height: number }): string {
  const rim = Math.min(width, height) * 0.022;
  const strokes = Math.max(8, Math.round(height / 30));
  const reaches = Math.max(3, Math.round(width / 130));
  const waver = () => random.between(0.5, 1.15) * rim;
  /** Down one side: every stroke ends at its own depth, a little askew. */
  const strokeEnds = () => {
    const points: { depth: number; y: number }[] = [];
    for (let stroke = 0; stroke < strokes; stroke++) {
      const depth = random.between(0.25, stroke % 3 === 1 ? 3 : 1.5) * rim;
      const top = rim + ((height - 2 * rim) * stroke) / strokes;
      const bottom = rim + ((height - 2 * rim) * (stroke + 1)) / strokes;
      points.push(
        { depth, y: top + random.between(0, 4) },
        { depth: depth + random.between(-2, 2), y: bottom },
      );
    }
    return points;
  };
  const edge = [
    ...Array.from({ length: reaches }, (_, step) =>
      pair(2 * rim + ((width - 4 * rim) * step) / reaches, waver()),
    ),
    ...strokeEnds().map(({ depth, y }) => pair(width - depth, y)),
    ...Array.from({ length: reaches }, (_, step) =>
      pair(width - 2 * rim - ((width - 4 * rim) * step) / reaches, height - waver()),
    ),
    ...strokeEnds()
      .toReversed()
      .map(({ depth, y }) => pair(depth, y)),
  ];
  return `M0 0H${width}V${height}H0zM${edge.join("L")}z`;
}
