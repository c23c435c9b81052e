import { expect, it } from "vitest";
import { listLeftOut } from "./list-left-out";

const PHRASES = [
  { source: "一只狐狸", target: "a fox" },
  { source: null, target: "soft light" },
  { source: null, target: "fine grain" },
];

it.for([
  ["nothing of a better prompt", { isPlain: false, turned: [] }, []],
  ["what was taken out of it", { isPlain: false, turned: [1] }, [1]],
  ["what the model added to a plain version", { isPlain: true, turned: [] }, [1, 2]],
  ["but for what was taken in", { isPlain: true, turned: [2] }, [1]],
] as const)("what is left out is %s", ([, { isPlain, turned }, expected]) => {
  expect([...listLeftOut(PHRASES, { isPlain, turned: new Set(turned) })]).toEqual(expected);
});
