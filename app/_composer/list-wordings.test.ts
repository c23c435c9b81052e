import { expect, it } from "vitest";
import { task } from "@/tests/support/task";
import { listWordings } from "./list-wordings";

it("the texts to walk through are there once, without those in the bin", () => {
  const tasks = [
    task(4, { prompt: "a heron", isDeleted: true }),
    task(3, { prompt: "an owl" }),
    task(2, { prompt: "狐狸", executedPrompt: "a red fox", promptChange: "improved" }),
    task(1, { prompt: "an owl" }),
    task(0, { prompt: "a hare" }),
  ];
  expect(listWordings(tasks).map(({ text }) => text)).toEqual(["an owl", "a red fox", "a hare"]);
});
