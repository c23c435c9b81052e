import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Submit } from "@/app/_data/submit";
import { addSubmit, listKeptSubmits, updateSubmit, useSubmits } from "@/app/_data/submit-store";
import { resumeKept } from "./resume-kept";

const submit = (key: string, minute: number): Submit => ({
  key,
  body: {
    model: "black-forest-labs/flux-dev",
    inputPrompt: key,
    aspectRatio: "1:1",
    isPrivate: true,
    locale: "en",
    numOutputs: 1,
  },
  width: 1024,
  height: 1024,
  startedAt: `2026-11-01T10:0${minute}:00.000Z`,
  state: "unanswered",
  taskId: null,
});

/** A tab's storage: what is in it are properties of its own, as in a browser. */
class TabStorage {
  [name: string]: unknown;
  getItem(name: string): unknown {
    return this[name] ?? null;
  }
  setItem(name: string, value: string): void {
    this[name] = value;
  }
  removeItem(name: string): void {
    delete this[name];
  }
}
/** The page begins anew; the tab's storage stays as it is. */
const reload = () => useSubmits.setState({ submits: [], keyOfTask: {} });
const keysOf = () => useSubmits.getState().submits.map(({ key }) => key);

beforeEach(() => {
  vi.stubGlobal("sessionStorage", new TabStorage());
  reload();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it("takes up what was kept, newest first, also after another press came before it", () => {
  addSubmit(submit("older", 1));
  addSubmit(submit("newer", 2));
  reload();
  addSubmit(submit("pressed", 3));
  expect(listKeptSubmits()).toHaveLength(3);

  resumeKept();
  expect(keysOf()).toEqual(["pressed", "newer", "older"]);
});

it("keeps no more of what was accepted, and passes over what it cannot read", () => {
  sessionStorage.setItem("sunprint.submit.torn", "{");
  sessionStorage.setItem("sunprint.submit.other", '{"key":1}');
  addSubmit(submit("accepted", 1));
  updateSubmit("accepted", { state: "accepted", taskId: "gen_1" });
  reload();

  resumeKept();
  expect(keysOf()).toEqual([]);
});
