import { expect, it } from "vitest";
import { isFavouriteSheet } from "./is-favourite-sheet";

it.for([
  [[true], true],
  [[true, true], true],
  [[true, false], false],
  [[false], false],
] as const)("a sheet whose pictures are favourites as in %j is one itself: %s", ([pictures, expected]) => {
  expect(isFavouriteSheet({ images: pictures.map((isFavourite) => ({ isFavourite })) })).toBe(expected);
});
