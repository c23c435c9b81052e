import { showToast, useToast } from "./toast-store";

/** The day on which this browser was told last; signing out forgets it, as the next person here has days of their own. */
const STORAGE_KEY = "sunprint.low-told";

/** Says that credits are running low: once a day at most, and not in place of something that was just said. */
export function giveLowNotice(message: string): void {
  const today = new Date().toDateString();
  try {
    if (useToast.getState().toast !== null || localStorage.getItem(STORAGE_KEY) === today) {
      return;
    }
    localStorage.setItem(STORAGE_KEY, today);
  } catch {
    // Nobody would remember that it was said: the dot is enough.
    return;
  }
  showToast(message);
}
