import { asksFor, between, type Easel } from "../easel.ts";
import { stampMask, wholeOf } from "../stamp.ts";
import { dab } from "./foliage.ts";

/** Falls over the finished picture what the prompt's weather lets fall. */
export async function paintWeather(easel: Easel): Promise<void> {
  if (asksFor(easel, "rain", "storm")) {
    await paintRain(easel);
  } else if (asksFor(easel, "snow") && !asksFor(easel, "peak", "cyanotype")) {
    paintSnowfall(easel);
  }
}

function paintSnowfall(easel: Easel): void {
  const { canvas, random, palette } = easel;
  const { width, height, unit } = canvas;
  const count = Math.round(520 * (width / unit));
  for (let flake = 0; flake < count; flake += 1) {
    const near = random() ** 5;
    const radius = unit * (0.0009 + 0.0055 * near);
    const place = { x: random() * width, y: random() * height, radius, flat: 1, angle: 0 };
    dab(easel, place, palette.light, 0.75 - 0.4 * near);
  }
}

async function paintRain(easel: Easel): Promise<void> {
  const { canvas, random, palette } = easel;
  const { width, height, unit } = canvas;
  const slant = between(random, 0.08, 0.22) * (random() < 0.5 ? 1 : -1);
  const streaks = Array.from({ length: Math.round(420 * (width / unit)) }, () => {
    const x = random() * width * 1.2 - width * 0.1;
    const y = random() * height;
    const long = unit * between(random, 0.018, 0.075);
    return `<path d="M${x.toFixed(1)} ${y.toFixed(1)}l${(slant * long).toFixed(1)} ${long.toFixed(1)}" stroke="#000" stroke-width="${(unit * between(random, 0.0006, 0.0016)).toFixed(2)}" stroke-opacity="${between(random, 0.15, 0.7).toFixed(2)}"/>`;
  });
  await stampMask(canvas, wholeOf(canvas), streaks.join(""), { colour: palette.light, strength: 0.5 });
}
