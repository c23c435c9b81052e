import { callApi } from "@/app/_data/call-api";
import type { SaveDraftRequest, SavedDraft } from "@/lib/contracts/draft";
import { DRAFT_TEXT_LENGTH_MAX } from "@/lib/contracts/draft-limits";
import { readDefaultIsPrivate } from "./default-audience";
import { OWN_WORDING } from "./draft";
import { saveDraft, useDraft, wordingOf } from "./draft-store";

/** For so long nothing was changed. */
const IDLE_MS = 5_000;
const AGAIN_MS = 60_000;
const ANSWER_MS_MAX = 4_000;

/** When what the account has was changed, as far as this page knows; null while nobody is known to be signed in. */
let accountAtMs: number | null = null;
let waiting: ReturnType<typeof setTimeout> | undefined;
/** The change that is on its way. */
let sendingAtMs = 0;

/**
 * On a page of somebody signed in, with what their account keeps: of that and what stands here the later change stands here now. From
 * now on the account keeps the draft whenever it rests, and when the page is left; an emptied one at once.
 */
export function followDraft(saved: SavedDraft | null): void {
  const isFirst = accountAtMs === null;
  accountAtMs = Math.max(accountAtMs ?? 0, saved ? Date.parse(saved.changedAt) : 0);
  if (isFirst) {
    useDraft.subscribe((now, before) => {
      if (now.changedAtMs !== before.changedAtMs) {
        awaitRest();
      }
    });
    window.addEventListener("pagehide", () => void sendDraft());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") {
        void sendDraft();
      }
    });
  }
  if (saved && accountAtMs > useDraft.getState().changedAtMs) {
    takeDraft(saved);
  }
  awaitRest();
}

function takeDraft(saved: SavedDraft): void {
  const { draft, replaced } = useDraft.getState();
  useDraft.setState({
    // Of a text that was sent the settings stay here, and for whom the next pictures are this browser knows.
    draft:
      saved.draft.text === ""
        ? { ...draft, ...OWN_WORDING, text: "", isPrivate: readDefaultIsPrivate() }
        : saved.draft,
    changedAtMs: Date.parse(saved.changedAt),
    replaced: draft.text.trim() === "" ? replaced : wordingOf(draft),
  });
  saveDraft();
}

function awaitRest(): void {
  sendAfter(useDraft.getState().draft.text === "" ? 0 : IDLE_MS);
}

function sendAfter(ms: number): void {
  clearTimeout(waiting);
  waiting = setTimeout(() => void sendDraft(), ms);
}

/**
 * Sends the draft if the account has not got it. Nobody waits for that or hears of it: in this browser it is kept anyway, and what did
 * not arrive is sent with the next change, or in a minute.
 */
export async function sendDraft(): Promise<void> {
  const { draft, changedAtMs } = useDraft.getState();
  if (accountAtMs === null || changedAtMs <= Math.max(accountAtMs, sendingAtMs)) {
    return;
  }
  clearTimeout(waiting);
  if (draft.text.length > DRAFT_TEXT_LENGTH_MAX) {
    return;
  }
  sendingAtMs = changedAtMs;
  const answer = await callApi("/api/draft", {
    method: "PUT",
    body: { draft, changedAt: new Date(changedAtMs).toISOString() } satisfies SaveDraftRequest,
    timeoutMs: ANSWER_MS_MAX,
    isKeptAlive: true,
  });
  sendingAtMs = 0;
  if (answer.kind === "unanswered" || (answer.kind === "refused" && answer.status >= 429)) {
    sendAfter(AGAIN_MS);
    return;
  }
  // Also when it was refused for good, or a later one is there: this one has had its turn.
  accountAtMs = Math.max(accountAtMs, changedAtMs);
}
