import type { Lab } from "./colour.ts";
import { encodeGamma } from "./colour.ts";

/** A picture in the making: OKLab, three floats a pixel, rows from the top. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  /** The shorter side; lengths of strokes and blurs are given as parts of it. */
  readonly unit: number;
  readonly data: Float32Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.unit = Math.min(width, height);
    this.data = new Float32Array(width * height * 3);
  }

  /** Sets a pixel, without asking whether it is inside. */
  set(index: number, colour: Lab): void {
    const place = index * 3;
    this.data[place] = colour[0];
    this.data[place + 1] = colour[1];
    this.data[place + 2] = colour[2];
  }

  /** Moves a pixel a part (0 to 1) of the way towards a colour. */
  blend(index: number, colour: Lab, part: number): void {
    const { data } = this;
    const place = index * 3;
    const lightness = data[place] ?? 0;
    const a = data[place + 1] ?? 0;
    const b = data[place + 2] ?? 0;
    data[place] = lightness + (colour[0] - lightness) * part;
    data[place + 1] = a + (colour[1] - a) * part;
    data[place + 2] = b + (colour[2] - b) * part;
  }

  /** Adds to a pixel's lightness. */
  lift(index: number, lightness: number): void {
    const place = index * 3;
    this.data[place] = (this.data[place] ?? 0) + lightness;
  }

  /** The colour of a pixel; coordinates are clamped to the picture. */
  at(x: number, y: number): Lab {
    const column = x < 0 ? 0 : x >= this.width ? this.width - 1 : x | 0;
    const row = y < 0 ? 0 : y >= this.height ? this.height - 1 : y | 0;
    const place = (row * this.width + column) * 3;
    return [this.data[place] ?? 0, this.data[place + 1] ?? 0, this.data[place + 2] ?? 0];
  }

  /** Turns left and right round. */
  mirror(): void {
    const { width, height, data } = this;
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width >> 1; x += 1) {
        for (let channel = 0; channel < 3; channel += 1) {
          const left = (y * width + x) * 3 + channel;
          const right = (y * width + width - 1 - x) * 3 + channel;
          const kept = data[left] ?? 0;
          data[left] = data[right] ?? 0;
          data[right] = kept;
        }
      }
    }
  }

  /**
   * The picture as 8-bit RGB. `noise` (about -1 to 1 a call) is added as grain and breaks up the steps
   * that smooth gradients would otherwise show.
   */
  toRgb(grain: number, noise: (index: number) => number): Buffer {
    const { data } = this;
    const count = this.width * this.height;
    // Clamped: an overflow must not wrap round to black.
    const bytes = new Uint8ClampedArray(count * 3);
    for (let index = 0; index < count; index += 1) {
      const place = index * 3;
      const lightness = (data[place] ?? 0) + grain * noise(index);
      const a = data[place + 1] ?? 0;
      const b = data[place + 2] ?? 0;
      const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
      const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
      const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
      // Half a step of dither on each channel, from the same noise.
      const dither = 0.5 * noise(index + count);
      bytes[place] = encodeGamma(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short) + dither;
      bytes[place + 1] =
        encodeGamma(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short) + dither;
      bytes[place + 2] =
        encodeGamma(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short) + dither;
    }
    return Buffer.from(bytes.buffer);
  }
}
