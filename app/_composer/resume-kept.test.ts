import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Submit } from "@/app/_data/submit";

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

/** The page begins anew: its scripts are loaded again, and the tab's storage is as it was left. */
async function reload() {
  vi.resetModules();
  const { useSubmits, ...store } = await import("@/app/_data/submit-store");
  const { resumeKept } = await import("./resume-kept");
  return { ...store, resumeKept, keysOf: () => useSubmits.getState().submits.map(({ key }) => key) };
}

beforeEach(() => {
  const entries = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (name: string) => entries.get(name) ?? null,
    setItem: (name: string, value: string) => entries.set(name, value),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it("takes up what was kept, also where another press or a second reload came before that", async () => {
  const first = await reload();
  first.addSubmit(submit("older", 1));
  first.addSubmit(submit("newer", 2));
  const second = await reload();
  second.addSubmit(submit("pressed", 3));

  const third = await reload();
  expect(third.keysOf()).toEqual([]);
  third.resumeKept();
  expect(third.keysOf()).toEqual(["pressed", "newer", "older"]);
  third.resumeKept();
  expect(third.keysOf()).toHaveLength(3);
});

it("passes over what was accepted, and what it cannot read", async () => {
  const first = await reload();
  first.addSubmit(submit("accepted", 1));
  first.updateSubmit("accepted", { state: "accepted", taskId: "gen_1" });
  const second = await reload();
  second.resumeKept();
  expect(second.keysOf()).toEqual([]);

  for (const torn of ["{", "null", "7", '[{"key":1}]', '{"key":1}']) {
    sessionStorage.setItem("sunprint.submits", torn);
    const { resumeKept, keysOf } = await reload();
    resumeKept();
    expect(keysOf()).toEqual([]);
  }
});
