import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findRows, justifyRows, lengthOf } from "./justified-rows";

const OPTIONS = { width: 1_336, targetHeight: 220, gap: 8, headingHeight: 48 };
const shapes = (ratios: readonly number[], group = "today") =>
  ratios.map((ratio, index) => ({ key: `${group}-${index}`, ratio, group }));
const ratio = fc.constantFrom(16 / 9, 9 / 16, 1, 3 / 2, 2 / 3, 21 / 9, 9 / 21, 4 / 5);
const lists = fc.array(fc.tuple(ratio, fc.constantFrom("a", "a", "a", "b")), { maxLength: 200 });
const layOut = (list: [number, string][], width = OPTIONS.width) =>
  justifyRows(
    list.map(([value, group], index) => ({ key: String(index), ratio: value, group })),
    { ...OPTIONS, width },
  );

describe("rows", () => {
  it("hold every tile once, in order, under the heading of its group", () => {
    fc.assert(
      fc.property(lists, (list) => {
        const rows = layOut(list);
        let heading = "";
        const seen = rows.flatMap((row) => {
          if (row.kind === "heading") {
            heading = row.group;
            return [];
          }
          const group = heading;
          return row.tiles.map(({ tile, index }) => ({ key: tile.key, index, isHome: tile.group === group }));
        });
        expect(seen).toEqual(list.map((_, index) => ({ key: String(index), index, isHome: true })));
      }),
    );
  });

  it("are exactly as wide as the page, or the ragged end of a group; never wider, never of more than eight", () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 320, max: 3_000 }), (list, width) => {
        const rows = layOut(list, width);
        for (const [place, row] of rows.entries()) {
          if (row.kind === "heading") {
            continue;
          }
          const last = row.tiles.at(-1);
          const end = (last?.left ?? 0) + (last?.width ?? 0);
          const next = rows[place + 1];
          expect(end).toBeLessThanOrEqual(width);
          expect(end === width || next === undefined || next.kind === "heading").toBe(true);
          expect(row.tiles.length).toBeLessThanOrEqual(8);
          expect(row.tiles.every((tile) => tile.width > 0)).toBe(true);
        }
      }),
    );
  });

  it("lie below each other without touching", () => {
    fc.assert(
      fc.property(lists, (list) => {
        const rows = layOut(list);
        for (const [place, row] of rows.entries()) {
          const next = rows[place + 1];
          expect(row.top + row.height).toBeLessThanOrEqual(next?.top ?? lengthOf(rows));
        }
      }),
    );
  });

  it("keep a picture's shape to within a few pixels", () => {
    const rows = justifyRows(shapes([1, 1.5, 0.667, 1.78, 1, 1, 0.8, 1.5]), OPTIONS);
    const errors = rows.flatMap((row) =>
      row.kind === "tiles"
        ? row.tiles.map(({ tile, width }) => Math.abs(width - row.height * tile.ratio))
        : [],
    );
    expect(errors).toHaveLength(8);
    expect(Math.max(...errors)).toBeLessThan(4);
  });
});

describe("the rows in a stretch", () => {
  it("are those that reach into it, and few of two thousand", () => {
    const rows = layOut(Array.from({ length: 2_000 }, () => [1, "a"] as [number, string]));
    const middle = lengthOf(rows) / 2;
    const { start, end } = findRows(rows, middle, middle + 900);
    expect(
      rows.slice(start, end).every((row) => row.top + row.height > middle && row.top < middle + 900),
    ).toBe(true);
    expect(rows[start - 1]?.top ?? 0).toBeLessThan(middle);
    expect(end - start).toBeLessThan(7);
  });

  it("are none of none", () => {
    expect(findRows([], 0, 900)).toEqual({ start: 0, end: 0 });
  });
});
