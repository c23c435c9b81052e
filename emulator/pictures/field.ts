/** The part of a picture a field is needed for; rows outside get the nearest row's values. */
export interface FieldArea {
  width: number;
  /** First and last row, in pixels. */
  top: number;
  bottom: number;
  /** Pixels between two points of the grid. */
  step: number;
}

/**
 * A slow function of the plane, worked out on a coarse grid and read between its points. Textures that
 * change over many pixels cost a tenth of what they would pixel by pixel.
 */
export class Field {
  readonly #columns: number;
  readonly #rows: number;
  readonly #top: number;
  readonly #step: number;
  readonly #values: Float32Array;

  constructor(area: FieldArea, value: (x: number, y: number) => number) {
    const { step } = area;
    this.#step = step;
    this.#top = area.top;
    this.#columns = Math.ceil(area.width / step) + 2;
    this.#rows = Math.max(2, Math.ceil((area.bottom - area.top) / step) + 2);
    this.#values = new Float32Array(this.#columns * this.#rows);
    for (let row = 0; row < this.#rows; row += 1) {
      for (let column = 0; column < this.#columns; column += 1) {
        this.#values[row * this.#columns + column] = value(column * step, area.top + row * step);
      }
    }
  }

  /** The value at a pixel; outside the area the edge's value goes on. */
  at(x: number, y: number): number {
    const placeX = Math.min(this.#columns - 1.001, Math.max(0, x / this.#step));
    const placeY = Math.min(this.#rows - 1.001, Math.max(0, (y - this.#top) / this.#step));
    const column = placeX | 0;
    const row = placeY | 0;
    const dx = placeX - column;
    const dy = placeY - row;
    const index = row * this.#columns + column;
    const values = this.#values;
    const topLeft = values[index] ?? 0;
    const topRight = values[index + 1] ?? 0;
    const below = index + this.#columns;
    const bottomLeft = values[below] ?? 0;
    const bottomRight = values[below + 1] ?? 0;
    const upper = topLeft + (topRight - topLeft) * dx;
    const lower = bottomLeft + (bottomRight - bottomLeft) * dx;
    return upper + (lower - upper) * dy;
  }
}
