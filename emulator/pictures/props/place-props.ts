import { type Lab, lch, mix, shift, toHex } from "../colour.ts";
import { asksFor, between, type Easel } from "../easel.ts";
import { paintGlow } from "../elements/light.ts";
import { stampColours, stampMask } from "../stamp.ts";
import type { Tag } from "../words.ts";
import { BUILDS, beast } from "./beasts.ts";
import {
  BALLOON,
  BRIDGE,
  CABIN,
  CABIN_ROOF,
  CABIN_WINDOW,
  CAT,
  CRANE,
  CURLED,
  CURLED_TAIL,
  FLYING_BIRD,
  LIGHTHOUSE,
  PERSON,
  pagoda,
  RABBIT,
  ROBED_PERSON,
  ROWING_BOAT,
  SAILING_BOAT,
  SKY_LANTERN,
  TORII,
  TRAIN,
  UMBRELLA,
  WHALE_TAIL,
} from "./figures.ts";

/** Where things may go in a finished landscape, in parts of its height. */
export interface Stage {
  /** The row on which something stands. */
  ground?: number;
  /** The water line of something that floats, and whether the water mirrors it. */
  water?: number;
  horizon: number;
}

const SLEEPERS: readonly Tag[] = ["fox", "dog", "cat"];

interface Prop {
  tags: readonly Tag[];
  on: "ground" | "water";
  /** Part of the shorter side that one unit of the shape takes. */
  size: number;
  shape: (easel: Easel) => string;
}

const PROPS: readonly Prop[] = [
  { tags: ["lighthouse"], on: "water", size: 0.3, shape: () => LIGHTHOUSE },
  { tags: ["whale"], on: "water", size: 0.2, shape: () => WHALE_TAIL },
  {
    tags: ["boat"],
    on: "water",
    size: 0.13,
    shape: (easel) => (asksFor(easel, "sea", "beach") ? SAILING_BOAT : ROWING_BOAT),
  },
  { tags: ["bridge"], on: "water", size: 0.26, shape: () => BRIDGE },
  { tags: ["temple"], on: "ground", size: 0.24, shape: ({ random }) => (random() < 0.3 ? TORII : pagoda(4)) },
  { tags: ["cabin"], on: "ground", size: 0.13, shape: () => CABIN },
  { tags: ["train"], on: "ground", size: 0.11, shape: () => TRAIN },
  { tags: ["deer"], on: "ground", size: 0.16, shape: () => beast(BUILDS.deer) },
  { tags: ["horse"], on: "ground", size: 0.19, shape: () => beast(BUILDS.horse) },
  {
    tags: ["fox"],
    on: "ground",
    size: 0.2,
    shape: (easel) => (asksFor(easel, "asleep") ? CURLED : beast(BUILDS.fox)),
  },
  { tags: ["bear"], on: "ground", size: 0.17, shape: () => beast(BUILDS.bear) },
  {
    tags: ["dog"],
    on: "ground",
    size: 0.14,
    shape: (easel) => (asksFor(easel, "asleep") ? CURLED : beast(BUILDS.dog)),
  },
  { tags: ["rabbit"], on: "ground", size: 0.1, shape: () => RABBIT },
  { tags: ["cat"], on: "ground", size: 0.11, shape: (easel) => (asksFor(easel, "asleep") ? CURLED : CAT) },
  {
    tags: ["person"],
    on: "ground",
    size: 0.17,
    shape: (easel) => (asksFor(easel, "rain") ? UMBRELLA : easel.random() < 0.5 ? ROBED_PERSON : PERSON),
  },
];

/** Adds what the prompt names and the landscape has room for: at most two things, and birds, balloons or lanterns. */
export async function placeProps(easel: Easel, stage: Stage): Promise<void> {
  const { random } = easel;
  const wanted = PROPS.filter((prop) => asksFor(easel, ...prop.tags) && stage[prop.on] !== undefined).slice(
    0,
    2,
  );
  const side = random() < 0.5 ? 0 : 1;
  for (const [index, prop] of wanted.entries()) {
    const x = (index + side) % 2 === 0 ? between(random, 0.28, 0.42) : between(random, 0.58, 0.72);
    await placeOne(easel, prop, stage, x);
  }
  if (asksFor(easel, "bird")) {
    await paintBirds(easel, stage);
  }
  if (asksFor(easel, "balloon")) {
    await paintBalloons(easel, stage);
  }
  if (asksFor(easel, "lantern")) {
    await paintLanterns(easel, stage);
  }
}

async function placeOne(easel: Easel, prop: Prop, stage: Stage, at: number): Promise<void> {
  const { canvas, random } = easel;
  const { width, height, unit } = canvas;
  const row = (stage[prop.on] ?? stage.horizon) * height;
  const x = at * width;
  const size = unit * prop.size * between(random, 0.9, 1.15);
  const facing = random() < 0.5 ? 1 : -1;
  const body = bodyColour(easel, prop);
  const shape = prop.shape(easel);
  const area = { left: x - size * 2.2, top: row - size * 2, width: size * 4.4, height: size * 3.4 };
  const standing = `<g transform="translate(${x} ${row}) scale(${size * facing} ${size})">${shape}</g>`;
  if (prop.on === "water") {
    const mirrored = `<g transform="translate(${x} ${row}) scale(${size * facing} ${-size * 0.8})">${shape}</g>`;
    await stampMask(canvas, area, mirrored, { colour: body, strength: 0.38, blur: unit * 0.003 });
  } else {
    const shadow = `<ellipse cx="${x}" cy="${row}" rx="${size * 0.55}" ry="${size * 0.035}"/>`;
    await stampMask(canvas, area, shadow, { colour: body, strength: 0.5, blur: unit * 0.003 });
  }
  await stampMask(canvas, area, standing, {
    colour: (_, y) => shift(body, 0.05 * ((row - y) / size)),
    blur: unit * 0.0005,
  });
  await lightUp(easel, prop, { x, row, size, facing });
}

/** A silhouette in the colour of the near land; a fox keeps some of its own, by day. */
function bodyColour(easel: Easel, prop: Prop): Lab {
  const { palette } = easel;
  const dark = shift(mix(palette.near, palette.far, 0.06), -0.03);
  return prop.tags.includes("fox") ? mix(dark, lch(0.6, 0.15, 45), palette.isDark ? 0.3 : 0.85) : dark;
}

async function lightUp(
  easel: Easel,
  prop: Prop,
  place: { x: number; row: number; size: number; facing: number },
): Promise<void> {
  const { canvas, palette } = easel;
  const { x, row, size, facing } = place;
  const lamp = lch(0.88, 0.13, 80);
  if (prop.tags.includes("cabin")) {
    const pane = `<g transform="translate(${x} ${row}) scale(${size * facing} ${size})">${CABIN_WINDOW}</g>`;
    await stampMask(canvas, { left: x - size, top: row - size, width: size * 2, height: size }, pane, {
      colour: lamp,
    });
    paintGlow(easel, {
      x,
      y: row - size * 0.24,
      radius: size * 0.5,
      colour: lamp,
      strength: palette.isDark ? 0.5 : 0.22,
    });
  }
  if (prop.tags.includes("cabin") && asksFor(easel, "red")) {
    const roof = `<g transform="translate(${x} ${row}) scale(${size * facing} ${size})">${CABIN_ROOF}</g>`;
    const area = { left: x - size, top: row - size, width: size * 2, height: size };
    await stampMask(canvas, area, roof, { colour: palette.accent });
  }
  if (prop.tags.some((tag) => SLEEPERS.includes(tag)) && asksFor(easel, "asleep")) {
    const tail = `<g transform="translate(${x} ${row}) scale(${size * facing} ${size})">${CURLED_TAIL}</g>`;
    const area = { left: x - size, top: row - size, width: size * 2, height: size * 1.2 };
    await stampMask(canvas, area, tail, { colour: shift(bodyColour(easel, prop), 0.13, 0.7) });
  }
  if (prop.tags.includes("lighthouse")) {
    paintGlow(easel, { x, y: row - size * 0.84, radius: size * 0.2, colour: lamp, strength: 0.9 });
    paintGlow(easel, {
      x,
      y: row - size * 0.84,
      radius: size * 0.75,
      colour: lamp,
      strength: palette.isDark ? 0.3 : 0.12,
    });
  }
}

async function paintBirds(easel: Easel, stage: Stage): Promise<void> {
  const { canvas, palette, random } = easel;
  const { width, height, unit } = canvas;
  const body = shift(mix(palette.near, palette.far, 0.15), -0.02);
  const centreX = width * between(random, 0.35, 0.65);
  const centreY = height * stage.horizon * between(random, 0.32, 0.55);
  const flock = Array.from({ length: 13 }, (_, index) => {
    const row = Math.ceil(index / 2) * (index % 2 === 0 ? 1 : -1);
    const x = centreX - Math.abs(row) * unit * 0.033 + (random() - 0.5) * unit * 0.03;
    const y = centreY + row * unit * 0.021 + (random() - 0.5) * unit * 0.02;
    const size = unit * between(random, 0.011, 0.02);
    return `<g transform="translate(${x} ${y}) rotate(${(random() - 0.5) * 30}) scale(${size} ${size * between(random, 0.6, 1.2)})">${FLYING_BIRD}</g>`;
  });
  const area = { left: 0, top: 0, width, height: height * 0.9 };
  await stampMask(canvas, area, flock.join(""), { colour: body, strength: 0.9 });
  if (stage.water !== undefined && random() < 0.75) {
    await placeOne(
      easel,
      { tags: ["bird"], on: "water", size: 0.16, shape: () => CRANE },
      { ...stage, water: between(random, 0.86, 0.92) },
      between(random, 0.24, 0.76),
    );
  }
}

async function paintBalloons(easel: Easel, stage: Stage): Promise<void> {
  const { canvas, palette, random } = easel;
  const { width, height, unit } = canvas;
  const colours: Lab[] = [
    palette.accent,
    lch(0.7, 0.13, 50),
    lch(0.62, 0.1, 235),
    lch(0.85, 0.1, 88),
    lch(0.6, 0.13, 15),
  ];
  for (let index = 0; index < 6; index += 1) {
    const near = (index + 1) / 6;
    const size = unit * (0.05 + 0.17 * near * near);
    const x = width * between(random, 0.1, 0.9);
    const y = height * stage.horizon * between(random, 0.35, 0.95);
    const tint = mix(
      colours[index % colours.length] ?? palette.accent,
      palette.mist,
      (1 - near) * 0.5 + (palette.isDark ? 0.1 : 0),
    );
    const stripes = [-0.24, 0, 0.24].map(
      (at) =>
        `<path d="M0 -1C${at * 1.9} -0.9 ${at * 1.9} -0.5 ${at * 0.3} -0.18" fill="none" stroke="${toHex(shift(tint, 0.12))}" stroke-width="0.06" stroke-opacity="0.8"/>`,
    );
    const shape = `<g fill="${toHex(tint)}">${BALLOON}</g>${stripes.join("")}<rect x="-0.065" y="-0.1" width="0.13" height="0.1" rx="0.02" fill="${toHex(shift(palette.near, 0))}"/>`;
    const area = { left: x - size, top: y - size * 1.1, width: size * 2, height: size * 1.3 };
    await stampColours(canvas, area, `<g transform="translate(${x} ${y}) scale(${size})">${shape}</g>`);
  }
}

async function paintLanterns(easel: Easel, stage: Stage): Promise<void> {
  const { canvas, random } = easel;
  const { width, height, unit } = canvas;
  const flame = lch(0.86, 0.14, 72);
  const paper = lch(0.72, 0.17, 50);
  for (let index = 0; index < 30; index += 1) {
    const near = (index + 1) / 30;
    const size = unit * (0.006 + 0.05 * near ** 3);
    const x = width * random();
    const y = height * stage.horizon * between(random, 0.1, 0.95);
    paintGlow(easel, { x, y: y - size * 0.5, radius: size * 1.5, colour: flame, strength: 0.45 });
    const area = { left: x - size, top: y - size * 1.3, width: size * 2, height: size * 1.6 };
    await stampMask(canvas, area, `<g transform="translate(${x} ${y}) scale(${size})">${SKY_LANTERN}</g>`, {
      colour: (_, row) => mix(flame, paper, Math.min(1, Math.max(0, (y - row) / size))),
      strength: 0.95,
    });
  }
}
