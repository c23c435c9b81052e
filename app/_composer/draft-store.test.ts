import { beforeEach, describe, expect, it, vi } from "vitest";
import { EMPTY_DRAFT, OWN_WORDING } from "./draft";

const KEY = "sunprint.draft";

/** The store as a page that was just opened has it, over what an earlier page has stored. */
async function openPage(stored: Record<string, string>) {
  vi.resetModules();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored[key] ?? null,
    setItem: (key: string, value: string) => {
      stored[key] = value;
    },
  });
  return import("./draft-store");
}

describe("a draft", () => {
  let stored: Record<string, string>;

  beforeEach(() => {
    stored = { [KEY]: JSON.stringify({ ...EMPTY_DRAFT, text: "of yesterday", count: 4 }) };
  });

  it("comes back as it was stored", async () => {
    const { restoreDraft, useDraft } = await openPage(stored);
    restoreDraft("");
    expect(useDraft.getState().draft).toEqual({ ...EMPTY_DRAFT, text: "of yesterday", count: 4 });
  });

  it("yields to what was typed before the script ran, and can be brought back", async () => {
    const { restoreDraft, undoReplacement, useDraft } = await openPage(stored);
    restoreDraft("typed");
    expect(useDraft.getState().draft).toMatchObject({ text: "typed", count: 4 });
    expect(undoReplacement()).toBe(true);
    expect(useDraft.getState().draft.text).toBe("of yesterday");
  });

  it("yields to what was typed between the field's hydration and its effects, too", async () => {
    const { changeDraft, restoreDraft, undoReplacement, useDraft } = await openPage(stored);
    changeDraft({ text: "typed" });
    // React has set the field back to what it had rendered, so the effect finds nothing in it.
    restoreDraft("");
    expect(useDraft.getState().draft).toMatchObject({ text: "typed", count: 4 });
    expect(undoReplacement()).toBe(true);
    expect(useDraft.getState().draft.text).toBe("of yesterday");
  });

  it("keeps its text when a setting is the first thing that is changed", async () => {
    const { changeDraft, restoreDraft, useDraft } = await openPage(stored);
    changeDraft({ count: 1 });
    restoreDraft("");
    expect(useDraft.getState().draft).toMatchObject({ text: "of yesterday", count: 1 });
  });

  it("is not typed anew by a browser that keeps its fields over a reload", async () => {
    const { restoreDraft, useDraft } = await openPage(stored);
    restoreDraft("of yesterday");
    expect(useDraft.getState()).toMatchObject({ changedAtMs: 0, replaced: null });
  });

  it("is stored when it was changed, and by no page on which nothing happened", async () => {
    const { changeDraft, restoreDraft, saveDraft, useDraft } = await openPage(stored);
    restoreDraft("");
    stored[KEY] = "of another tab";
    saveDraft();
    expect(stored[KEY]).toBe("of another tab");
    changeDraft({ text: "typed" });
    saveDraft();
    const { changedAtMs } = useDraft.getState();
    expect(changedAtMs).toBeGreaterThan(0);
    expect(JSON.parse(stored[KEY])).toMatchObject({ text: "typed", changedAtMs });
  });
});

describe("what a proposal was made from", () => {
  const written = "a fox";
  const proposal = {
    text: "a red fox in the snow",
    writtenText: written,
    proposedText: "a red fox in the snow",
  };
  const own = (text: string) => ({ ...OWN_WORDING, text });

  /** A page on which somebody has just used a proposal. */
  async function openWithProposal() {
    const store = await openPage({});
    const { takeProposal } = await import("./improve/take-proposal");
    store.changeDraft({ text: written });
    takeProposal(proposal.text);
    return { ...store, takeProposal, draft: () => store.useDraft.getState().draft };
  }

  it("stays with the text while that is changed, and over a reload", async () => {
    const stored = { [KEY]: JSON.stringify({ ...EMPTY_DRAFT, ...proposal }) };
    const { restoreDraft, typeText, useDraft } = await openPage(stored);
    restoreDraft("");
    typeText("a red fox", { isWhole: false });
    expect(useDraft.getState().draft).toMatchObject({ ...proposal, text: "a red fox" });
  });

  it("is what the person wrote, over one proposal after another", async () => {
    const { draft, takeProposal } = await openWithProposal();
    expect(draft()).toMatchObject(proposal);
    takeProposal("a red fox at night");
    expect(draft()).toMatchObject({
      text: "a red fox at night",
      writtenText: written,
      proposedText: "a red fox at night",
    });
  });

  it("leaves with a text that is cleared, and one's own text can be brought back", async () => {
    const { draft, typeText, undoReplacement } = await openWithProposal();
    typeText("", { isWhole: false });
    expect(draft()).toMatchObject(own(""));
    expect(undoReplacement()).toBe(true);
    expect(draft()).toMatchObject(own(written));
  });

  it("leaves with a text that is typed over whole, and is there again when that is undone", async () => {
    const { draft, typeText } = await openWithProposal();
    typeText("a hare", { isWhole: true });
    typeText("a hare, running", { isWhole: false });
    expect(draft()).toMatchObject(own("a hare, running"));
    typeText(proposal.text, { isWhole: false });
    expect(draft()).toMatchObject(proposal);
  });

  it("leaves with a text that is replaced by another, and comes back with it", async () => {
    const { draft, replaceText, undoReplacement } = await openWithProposal();
    replaceText("another");
    expect(draft()).toMatchObject(own("another"));
    undoReplacement();
    expect(draft()).toMatchObject(proposal);
    undoReplacement();
    expect(draft()).toMatchObject(own("another"));
  });

  it("leaves when it was sent, and comes back with what was sent", async () => {
    const { clearSentText, draft, undoReplacement } = await openWithProposal();
    clearSentText(proposal.text);
    expect(draft()).toMatchObject(own(""));
    undoReplacement();
    expect(draft()).toMatchObject(proposal);
  });
});
