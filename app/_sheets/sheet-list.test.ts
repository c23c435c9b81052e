import { describe, expect, it } from "vitest";
import type { Submit } from "@/app/_data/submit";
import { task as taskOf } from "@/tests/support/task";
import { listSheets } from "./sheet-list";

const submit: Submit = {
  key: "req_1",
  body: {
    model: "flux-schnell",
    inputPrompt: "a fox",
    aspectRatio: "3:2",
    isPrivate: true,
    locale: "en",
    numOutputs: 2,
  },
  width: 1216,
  height: 832,
  startedAt: "2026-01-01T12:00:00.000Z",
  state: "accepted",
  taskId: "gen_1",
};
const task = taskOf(0, {
  id: "gen_1",
  prompt: "a fox",
  model: "flux-schnell",
  aspectRatio: "3:2",
  numOutputs: 2,
  createdAt: "2026-01-01T12:00:00.500Z",
});
const keyOfTask = { gen_1: "req_1" };

describe("a press and its task", () => {
  it("are one sheet with one key, before and after the task is known", () => {
    expect(listSheets([], [submit], keyOfTask)).toEqual([{ kind: "submit", key: "req_1", submit }]);
    expect(listSheets([task], [submit], keyOfTask)).toEqual([{ kind: "task", key: "req_1", task }]);
  });

  it("are one sheet when the event about the task is faster than the answer to the press", () => {
    const sending: Submit = { ...submit, state: "sending", taskId: null };
    expect(listSheets([task], [sending], {})).toEqual([{ kind: "submit", key: "req_1", submit: sending }]);
  });

  it("are one sheet by what was written, also when a proposal was sent", () => {
    const body = { ...submit.body, inputPrompt: "a red fox", writtenPrompt: "a fox" };
    const sending: Submit = { ...submit, body, state: "sending", taskId: null };
    expect(listSheets([task], [sending], {})).toHaveLength(1);
  });

  it("are two when the task is somebody else's wish", () => {
    const sending: Submit = { ...submit, state: "sending", taskId: null };
    expect(listSheets([{ ...task, prompt: "a hare" }], [sending], {})).toHaveLength(2);
  });

  it("are gone together when the task is deleted", () => {
    expect(listSheets([{ ...task, isDeleted: true }], [submit], keyOfTask)).toEqual([]);
  });
});
