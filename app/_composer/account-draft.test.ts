import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SaveDraftRequest, type SavedDraft } from "@/lib/contracts/draft";
import { EMPTY_DRAFT } from "./draft";

/** A page over what its browser has stored, and what its server is asked and answers. */
async function openPage(answer: () => Response | Promise<Response>, stored: object | null = null) {
  vi.resetModules();
  const requests: { path: string; body: SaveDraftRequest; keepalive: boolean | undefined }[] = [];
  const page = new EventTarget();
  vi.stubGlobal("window", page);
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
  vi.stubGlobal("localStorage", {
    getItem: (key: string) =>
      stored && key === "sunprint.draft" ? JSON.stringify({ ...EMPTY_DRAFT, ...stored }) : null,
    setItem: () => {},
  });
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const sent: unknown = JSON.parse(typeof init.body === "string" ? init.body : "");
    requests.push({ path, body: SaveDraftRequest.parse(sent), keepalive: init.keepalive });
    return answer();
  });
  const { followDraft, sendDraft } = await import("./account-draft");
  const store = await import("./draft-store");
  store.restoreDraft("");
  return {
    ...store,
    followDraft,
    sendDraft,
    requests,
    texts: () => requests.map(({ body }) => body.draft.text),
    leave: () => page.dispatchEvent(new Event("pagehide")),
  };
}

const saved = () => Response.json({ isSaved: true });
const refused = (status: number) => () =>
  Response.json({ error: "No.", code: status, reason: "x", requestId: "req_1" }, { status });

const NOW_MS = Date.parse("2026-11-29T12:00:00.000Z");

beforeEach(() => void vi.useFakeTimers({ now: NOW_MS }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a draft that somebody signed in changes", () => {
  it("is sent once it has rested for five seconds, once, with the time of its change", async () => {
    const page = await openPage(saved);
    page.followDraft(null);
    page.changeDraft({ text: "a f" });
    await vi.advanceTimersByTimeAsync(4_000);
    page.changeDraft({ text: "a fox" });
    await vi.advanceTimersByTimeAsync(4_900);
    expect(page.texts()).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(page.requests).toEqual([
      {
        path: "/api/draft",
        keepalive: true,
        body: {
          draft: { ...EMPTY_DRAFT, text: "a fox" },
          changedAt: "2026-11-29T12:00:04.000Z",
        },
      },
    ]);
  });

  it("is sent at once when it was emptied, and when the page is left", async () => {
    const page = await openPage(saved);
    page.changeDraft({ text: "a fox" });
    page.followDraft(null);
    page.leave();
    await vi.advanceTimersByTimeAsync(0);
    expect(page.texts()).toEqual(["a fox"]);
    page.clearSentText("a fox");
    await vi.advanceTimersByTimeAsync(0);
    expect(page.texts()).toEqual(["a fox", ""]);
    page.leave();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(page.texts()).toHaveLength(2);
  });

  it("is not sent twice while it is on its way", async () => {
    const page = await openPage(() => new Promise(() => {}));
    page.changeDraft({ text: "a fox" });
    page.followDraft(null);
    await vi.advanceTimersByTimeAsync(5_000);
    page.leave();
    expect(page.texts()).toEqual(["a fox"]);
  });

  it.for([
    ["there is no network", () => Promise.reject(new TypeError("fetch failed"))],
    ["there were too many", refused(429)],
    ["the server is not well", refused(503)],
  ] as const)("is sent again later when %s, and nobody hears of it", async ([, answer]) => {
    let isWell = false;
    const page = await openPage(() => (isWell ? saved() : answer()));
    page.changeDraft({ text: "a fox" });
    page.followDraft(null);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(page.texts()).toHaveLength(1);
    isWell = true;
    await vi.advanceTimersByTimeAsync(59_000);
    expect(page.texts()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200_000);
    expect(page.texts()).toEqual(["a fox", "a fox"]);
  });

  it.for([400, 401, 413])("is not sent again when it was refused for good: %i", async (status) => {
    const page = await openPage(refused(status));
    page.changeDraft({ text: "a fox" });
    page.followDraft(null);
    await vi.advanceTimersByTimeAsync(300_000);
    page.leave();
    expect(page.texts()).toEqual(["a fox"]);
  });

  it("stays in the browser when it is longer than any account keeps", async () => {
    const page = await openPage(saved);
    page.changeDraft({ text: "x".repeat(10_001) });
    page.followDraft(null);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(page.texts()).toEqual([]);
  });
});

it("nobody's draft is sent who is not signed in", async () => {
  const page = await openPage(saved);
  page.changeDraft({ text: "a fox" });
  page.leave();
  await page.sendDraft();
  await vi.advanceTimersByTimeAsync(300_000);
  expect(page.texts()).toEqual([]);
});

describe("the account's draft", () => {
  const kept = (text: string, changedAtMs: number): SavedDraft => ({
    draft: { ...EMPTY_DRAFT, text, count: 3, isPrivate: false },
    changedAt: new Date(changedAtMs).toISOString(),
  });

  it("is what stands in a browser that has none", async () => {
    const { followDraft, useDraft } = await openPage(saved);
    followDraft(kept("elsewhere", NOW_MS));
    expect(useDraft.getState()).toMatchObject({
      draft: { text: "elsewhere", count: 3, isPrivate: false },
      changedAtMs: NOW_MS,
      replaced: null,
    });
  });

  it("takes the place of an older one, which can be brought back", async () => {
    const { followDraft, undoReplacement, useDraft } = await openPage(saved, {
      text: "here",
      changedAtMs: NOW_MS - 1,
    });
    followDraft(kept("elsewhere", NOW_MS));
    expect(useDraft.getState().draft.text).toBe("elsewhere");
    undoReplacement();
    expect(useDraft.getState().draft.text).toBe("here");
  });

  it.for([NOW_MS, NOW_MS + 1])("leaves one that is not older where it is", async (changedAtMs) => {
    const { followDraft, useDraft } = await openPage(saved, { text: "here", changedAtMs });
    followDraft(kept("elsewhere", NOW_MS));
    expect(useDraft.getState()).toMatchObject({ draft: { text: "here" }, changedAtMs });
  });

  it("that was sent takes the text away, and neither settings nor who sees the next ones", async () => {
    const { followDraft, useDraft } = await openPage(saved, { text: "here", count: 4, changedAtMs: 1 });
    followDraft(kept("", NOW_MS));
    expect(useDraft.getState()).toMatchObject({
      draft: { text: "", count: 4, isPrivate: true },
      replaced: { text: "here" },
    });
  });

  it("stands where settings alone were chosen, and yields to what was typed", async () => {
    const chosen = await openPage(saved);
    chosen.changeDraft({ count: 1 });
    chosen.followDraft(kept("elsewhere", NOW_MS));
    expect(chosen.useDraft.getState().draft.text).toBe("elsewhere");

    const typed = await openPage(saved);
    typed.changeDraft({ text: "typed" });
    typed.followDraft(kept("elsewhere", NOW_MS - 1));
    expect(typed.useDraft.getState().draft.text).toBe("typed");
  });

  it("is older than any change to it, whatever this machine's clock says", async () => {
    const { changeDraft, followDraft, useDraft } = await openPage(saved);
    const ahead = Date.now() + 3_600_000;
    followDraft(kept("elsewhere", ahead));
    changeDraft({ text: "elsewhere, and on" });
    expect(useDraft.getState().changedAtMs).toBeGreaterThan(ahead);
  });

  it("that a page brings along from before says nothing new", async () => {
    const { changeDraft, followDraft, useDraft } = await openPage(saved);
    followDraft(kept("elsewhere", NOW_MS));
    changeDraft({ text: "here" });
    followDraft(kept("elsewhere", NOW_MS));
    followDraft(null);
    expect(useDraft.getState()).toMatchObject({ draft: { text: "here" } });
  });
});
