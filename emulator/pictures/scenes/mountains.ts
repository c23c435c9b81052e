import { asksFor, between, type Easel, placeCelestial } from "../easel.ts";
import { paintRange } from "../elements/ridges.ts";
import { paintSky } from "../elements/sky.ts";
import type { Stage } from "../props/place-props.ts";

/** Layers of mountains one behind the other, with air between them. */
export function paintMountains(easel: Easel): Stage {
  const { random, brief } = easel;
  const horizon = between(random, 0.46, 0.62);
  const celestial = placeCelestial(easel, horizon);
  paintSky(easel, { horizon, celestial });
  const isMisty = asksFor(easel, "mist", "ink", "cloud", "rain") || brief.mood === "dawn";
  const isRolling = asksFor(easel, "field") || brief.mood === "spring" || brief.mood === "pastel";
  paintRange(easel, {
    layers: 5 + Math.floor(random() * 3),
    top: horizon + 0.03,
    bottom: between(random, 0.86, 0.95),
    rough: isRolling ? between(random, 0.15, 0.4) : between(random, 0.55, 0.95),
    rise: between(random, 0.16, 0.27),
    mist: isMisty ? between(random, 0.9, 1) : between(random, 0.55, 0.85),
    hasSnow:
      asksFor(easel, "snow", "winter") || brief.mood === "snow" || (asksFor(easel, "peak") && random() < 0.7),
    hasTrees: !asksFor(easel, "ink") && random() < 0.75,
    ...(asksFor(easel, "peak") ? { peakAt: between(random, 0.35, 0.65) } : {}),
  });
  return { horizon, ground: between(random, 0.9, 0.94) };
}
