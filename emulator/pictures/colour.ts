/** A colour in OKLab: lightness 0 to 1, and two opponent axes. Mixing here keeps gradients clean. */
export type Lab = readonly [lightness: number, a: number, b: number];

/** An OKLab colour from lightness (0 to 1), chroma (about 0 to 0.3) and hue in degrees. */
export function lch(lightness: number, chroma: number, hueDegrees: number): Lab {
  const angle = (hueDegrees * Math.PI) / 180;
  return [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)];
}

/** The colour a part (0 to 1) of the way from one to another. */
export function mix(from: Lab, to: Lab, part: number): Lab {
  return [
    from[0] + (to[0] - from[0]) * part,
    from[1] + (to[1] - from[1]) * part,
    from[2] + (to[2] - from[2]) * part,
  ];
}

/** The colour with its lightness moved and its chroma multiplied. */
export function shift(colour: Lab, lightness: number, chromaFactor = 1): Lab {
  return [colour[0] + lightness, colour[1] * chromaFactor, colour[2] * chromaFactor];
}

/** The colour turned by so many degrees of hue. */
export function turn(colour: Lab, degrees: number): Lab {
  const angle = (degrees * Math.PI) / 180;
  const [lightness, a, b] = colour;
  return [lightness, a * Math.cos(angle) - b * Math.sin(angle), a * Math.sin(angle) + b * Math.cos(angle)];
}

/** A smooth course through several colours; the answer takes 0 to 1. */
export function gradient(stops: readonly Lab[]): (part: number) => Lab {
  const last = stops.length - 1;
  return (part) => {
    const place = Math.min(0.99999, Math.max(0, part)) * last;
    const index = Math.floor(place);
    const rest = place - index;
    const eased = rest * rest * (3 - 2 * rest);
    return mix(
      stops[index] ?? [0, 0, 0],
      stops[index + 1] ?? stops[last] ?? [0, 0, 0],
      0.5 * rest + 0.5 * eased,
    );
  };
}

const GAMMA_STEPS = 4096;
const GAMMA = Float32Array.from({ length: GAMMA_STEPS + 1 }, (_, index) => {
  const linear = index / GAMMA_STEPS;
  return 255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055);
});

/** The gamma-encoded value, 0 to 255, of a linear one; values outside 0 to 1 are cut. */
export function encodeGamma(linear: number): number {
  const place = linear <= 0 ? 0 : linear >= 1 ? GAMMA_STEPS : linear * GAMMA_STEPS;
  const index = place | 0;
  const low = GAMMA[index] ?? 0;
  const high = GAMMA[index + 1] ?? low;
  return low + (high - low) * (place - index);
}

/** The colour as `#rrggbb`, for shapes that are drawn as SVG. */
export function toHex([lightness, a, b]: Lab): string {
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ];
  return `#${channels.map((value) => Math.round(encodeGamma(value)).toString(16).padStart(2, "0")).join("")}`;
}

const LINEAR = Float32Array.from({ length: 256 }, (_, value) => {
  const encoded = value / 255;
  return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
});

/** The colour of 8-bit channels. */
export function fromRgb(red: number, green: number, blue: number): Lab {
  const r = LINEAR[red] ?? 0;
  const g = LINEAR[green] ?? 0;
  const b = LINEAR[blue] ?? 0;
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const middle = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
  ];
}
