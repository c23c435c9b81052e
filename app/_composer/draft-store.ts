import { create } from "zustand";
import { isRecord, parseJson } from "@/app/_data/json";
import { serverNowMs } from "@/app/_data/server-clock";
import { readDefaultIsPrivate } from "./default-audience";
import { type Draft, EMPTY_DRAFT, OWN_WORDING, readDraft, type Wording } from "./draft";

const STORAGE_KEY = "sunprint.draft";
const SAVE_DELAY_MS = 300;

type DraftState = {
  draft: Draft;
  /** When its words were last changed, on the server's clock. 0: not in this browser. */
  changedAtMs: number;
  /** What the last replacement (a sent prompt, an improved one, a remix) took away. */
  replaced: Wording | null;
  /** Whether the stored draft has been read; before that, nothing is saved over it. */
  isRestored: boolean;
};

export const useDraft = create<DraftState>(() => ({
  draft: EMPTY_DRAFT,
  changedAtMs: 0,
  replaced: null,
  isRestored: false,
}));

/** A text that was typed over whole: the browser's own undo may bring it back. */
let typedOver: Wording | null = null;
let saving: ReturnType<typeof setTimeout> | undefined;
/** What of this page's this browser has: a tab in which nothing happens overwrites no other's. */
let stored = EMPTY_DRAFT;

/**
 * Changes part of the draft; it is stored once typing pauses. The first change may come before the stored draft was asked for:
 * React hears a key as soon as the field is its own, and runs effects a moment later.
 */
export function changeDraft(change: Partial<Draft>): void {
  restoreDraft(change.text ?? "");
  useDraft.setState(({ draft, changedAtMs }) => ({
    draft: { ...draft, ...change },
    // Settings without a word are nothing that the words of another browser should yield to.
    ...(change.text === undefined && draft.text === ""
      ? {}
      : { changedAtMs: Math.max(serverNowMs(), changedAtMs + 1) }),
  }));
  clearTimeout(saving);
  saving = setTimeout(saveDraft, SAVE_DELAY_MS);
}

/** What is typed. A text that is cleared, or typed over whole, takes with it what it came from. */
export function typeText(text: string, { isWhole }: { isWhole: boolean }): void {
  const { draft } = useDraft.getState();
  if (isWhole && draft.text !== "") {
    typedOver = wordingOf(draft);
  }
  const isOwn = isWhole || text === "";
  changeDraft({ ...(isOwn ? OWN_WORDING : text === typedOver?.text ? typedOver : {}), text });
}

/** Puts another text in, and keeps the one that stood there so that it can be brought back. */
export function replaceText(text: string, change: Partial<Draft> = {}): void {
  restoreDraft("");
  const { draft } = useDraft.getState();
  useDraft.setState({ replaced: draft.text.trim() === "" ? null : wordingOf(draft) });
  changeDraft({ ...OWN_WORDING, ...change, text });
}

/** Brings the replaced text back, in exchange for the one that stands there. False when there is none. */
export function undoReplacement(): boolean {
  const { replaced } = useDraft.getState();
  if (replaced === null) {
    return false;
  }
  replaceText(replaced.text, replaced);
  return true;
}

/** The text of a draft, with what it came from. */
export function wordingOf({ text, writtenText, proposedText }: Draft): Wording {
  return { text, writtenText, proposedText };
}

/**
 * After the server has confirmed a submit: the text leaves, unless something else was written meanwhile, and the next
 * pictures are for whom new ones are for: who sees this one was said of this one.
 */
export function clearSentText(sentText: string): void {
  if (useDraft.getState().draft.text === sentText) {
    replaceText("", { isPrivate: readDefaultIsPrivate() });
    saveDraft();
  }
}

/** Stores the draft now. */
export function saveDraft(): void {
  clearTimeout(saving);
  const { draft, changedAtMs } = useDraft.getState();
  if (draft !== stored) {
    stored = draft;
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify({ ...draft, changedAtMs }));
    } catch {
      // Storage is full or forbidden: the draft lives as long as the page.
    }
  }
}

/** Reads the stored draft, once. `typedText` is what was typed before the page's script ran. */
export function restoreDraft(typedText: string): void {
  if (useDraft.getState().isRestored) {
    return;
  }
  const value = parseJson(readStorage());
  stored = readDraft(value, { isPrivate: readDefaultIsPrivate() });
  // A browser that keeps its fields over a reload has typed nothing.
  const isTyped = typedText !== "" && typedText !== stored.text;
  useDraft.setState({
    draft: isTyped ? { ...stored, ...OWN_WORDING, text: typedText } : stored,
    changedAtMs: isTyped ? serverNowMs() : Number(isRecord(value) && value.changedAtMs) || 0,
    replaced: isTyped && stored.text !== "" ? wordingOf(stored) : null,
    isRestored: true,
  });
}

function readStorage(): string {
  try {
    return localStorage.getItem(STORAGE_KEY) ?? "";
  } catch {
    return "";
  }
}
