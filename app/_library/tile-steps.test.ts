import { describe, expect, it } from "vitest";
import { justifyRows } from "./justified-rows";
import { stepFrom } from "./tile-steps";

const tiles = Array.from({ length: 12 }, (_, index) => ({
  key: String(index),
  ratio: index % 2 === 0 ? 1.5 : 0.667,
  group: index < 7 ? "today" : "yesterday",
}));
const rows = justifyRows(tiles, { width: 900, targetHeight: 200, gap: 8, headingHeight: 40 });

describe("the arrow keys", () => {
  it("walk through all tiles in the order of reading, over headings, and stop at the ends", () => {
    for (let index = 0; index < tiles.length - 1; index++) {
      expect(stepFrom(rows, index, "ArrowRight")).toBe(index + 1);
      expect(stepFrom(rows, index + 1, "ArrowLeft")).toBe(index);
    }
    expect(stepFrom(rows, 0, "ArrowLeft")).toBeNull();
    expect(stepFrom(rows, tiles.length - 1, "ArrowRight")).toBeNull();
  });

  it("go up and down to the nearest tile of the next row", () => {
    const lines = rows.flatMap((row) => (row.kind === "tiles" ? [row.tiles.map(({ index }) => index)] : []));
    const [first = [], second = []] = lines;
    for (const index of first) {
      expect(second).toContain(stepFrom(rows, index, "ArrowDown"));
      expect(stepFrom(rows, index, "ArrowUp")).toBeNull();
    }
    expect(stepFrom(rows, first[0] ?? 0, "ArrowDown")).toBe(second[0]);
  });

  it("reach both ends at once, and mean nothing else", () => {
    expect(stepFrom(rows, 5, "Home")).toBe(0);
    expect(stepFrom(rows, 5, "End")).toBe(11);
    expect(stepFrom(rows, 5, "x")).toBeNull();
    expect(stepFrom([], 0, "ArrowDown")).toBeNull();
  });
});
