import { describe, expect, it } from "vitest";
import { task } from "@/tests/support/task";
import { readWording } from "./task-wording";

describe("the text to make from again", () => {
  it.each([
    ["as it was written", {}, ["a lighthouse", null, null]],
    [
      "as it was written, of a translation",
      { prompt: "灯塔", executedPrompt: "a lighthouse", promptChange: "translated" },
      ["灯塔", null, null],
    ],
    [
      "the proposal that was used",
      { executedPrompt: "a white lighthouse", promptChange: "improved" },
      ["a white lighthouse", "a lighthouse", "a white lighthouse"],
    ],
    [
      "the proposal as it was changed",
      { executedPrompt: "a white lighthouse", promptChange: "edited" },
      ["a white lighthouse", "a lighthouse", null],
    ],
    [
      "as it was written, of a proposal that is yet to be translated",
      { promptChange: "improved" },
      ["a lighthouse", null, null],
    ],
  ] as const)("is %s", (_name, change, [text, writtenText, proposedText]) => {
    expect(readWording(task(0, change))).toEqual({ text, writtenText, proposedText });
  });
});
