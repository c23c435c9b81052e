import { sendDraft } from "@/app/_composer/account-draft";
import { saveDraft } from "@/app/_composer/draft-store";
import { callAuth } from "./call-auth";

/** Everything that the studio keeps in this browser begins so. */
const STORAGE_PREFIX = "sunprint.";

/**
 * Signs out, and takes drafts and unfinished submits along: the next person here may be somebody else. What was written last goes to
 * the account before.
 */
export async function signOut(): Promise<void> {
  saveDraft();
  await sendDraft();
  const answer = await callAuth("sign-out", {});
  if (answer.kind !== "ok") {
    return;
  }
  for (const storage of [localStorage, sessionStorage]) {
    for (const name of Object.keys(storage)) {
      if (name.startsWith(STORAGE_PREFIX)) {
        storage.removeItem(name);
      }
    }
  }
  window.location.assign("/");
}
