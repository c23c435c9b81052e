import { changeDraft, saveDraft } from "@/app/_composer/draft-store";
import { isRecord, parseJson } from "@/app/_data/json";
import { readProblem } from "@/app/_data/problem";
import { REFERENCE_BYTES_MAX, REFERENCE_TYPES } from "@/lib/contracts/reference-limits";
import { setUpload, type UploadFailure } from "./upload-store";

/** Ten megabytes over a phone's line. */
const SEND_MS_MAX = 120_000;
const OWN_PICTURE_WIDTH = 1280;

/** Gives up what is under way. */
let giveUp = new AbortController();

/** Hands a picture in as the draft's reference. One that was under way gives way to it. */
export function sendPicture(picture: Blob): void {
  const { signal } = begin();
  if (picture.size > REFERENCE_BYTES_MAX) {
    fail("size", null);
    return;
  }
  // Fetch does not tell how much of a body has left.
  const sending = new XMLHttpRequest();
  signal.addEventListener("abort", () => sending.abort());
  const lose = () => fail("unanswered", picture);
  sending.upload.onprogress = ({ loaded, total }) =>
    setUpload({ kind: "sending", share: total > 0 ? loaded / total : 0 });
  sending.onload = () => receive(sending, picture);
  sending.onerror = lose;
  sending.ontimeout = lose;
  sending.open("POST", "/api/references");
  sending.timeout = SEND_MS_MAX;
  sending.send(picture);
}

/** Takes a picture of one's own that is here already. */
export async function sendOwnPicture(url: string): Promise<void> {
  const { signal } = begin();
  try {
    const response = await fetch(`${url}?w=${OWN_PICTURE_WIDTH}`, { signal });
    const picture = response.ok ? await response.blob() : null;
    if (picture) {
      sendPicture(picture);
    } else {
      fail("gone", null);
    }
  } catch {
    // Given up, it is no failure.
    if (!signal.aborted) {
      fail("unanswered", null);
    }
  }
}

/** Opens the browser's own way to choose a file. */
export function pickPicture(): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = REFERENCE_TYPES.join();
  input.onchange = () => {
    const [file] = input.files ?? [];
    if (file) {
      sendPicture(file);
    }
  };
  input.click();
}

/** Takes it back: what is under way, what has failed, and what the draft has. */
export function removeReference(): void {
  giveUp.abort();
  setUpload(null);
  changeDraft({ referenceId: null });
  saveDraft();
}

/** A picture that does not show may be gone for good, or only the network. */
export async function checkReference(url: string): Promise<void> {
  const response = await fetch(url).catch(() => null);
  if (response?.status === 404) {
    fail("gone", null);
  }
}

function begin(): AbortController {
  giveUp.abort();
  giveUp = new AbortController();
  setUpload({ kind: "sending", share: 0 });
  return giveUp;
}

function receive(sending: XMLHttpRequest, picture: Blob): void {
  const body = parseJson(sending.responseText);
  if (sending.status === 200 && isRecord(body) && typeof body.id === "string") {
    setUpload(null);
    changeDraft({ referenceId: body.id });
    saveDraft();
    return;
  }
  const problem = readProblem(body, new Headers());
  const why = WHY[problem?.reason ?? ""] ?? "unanswered";
  fail(why, why === "type" || why === "size" ? null : picture, problem?.isPaused ? problem.message : null);
}

const WHY: Partial<Record<string, UploadFailure>> = {
  invalid_request: "type",
  payload_too_large: "size",
  rate_limited: "often",
  unauthenticated: "signed_out",
};

function fail(why: UploadFailure, picture: Blob | null, pause: string | null = null): void {
  setUpload({ kind: "failed", why, pause, picture });
}
