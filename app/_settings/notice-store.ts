import { create } from "zustand";
import { isRecord, parseJson } from "@/app/_data/json";

const STORAGE_KEY = "sunprint.notices";

/** How this browser tells that pictures are ready while another tab is in front. */
export type Notices = { hasSound: boolean; hasPopup: boolean };

const NONE: Notices = { hasSound: false, hasPopup: false };

export const useNotices = create<Notices>(() => NONE);

/** Reads what was chosen in this browser, in whichever tab; once the page is alive. */
export function restoreNotices(): void {
  try {
    const stored = parseJson(localStorage.getItem(STORAGE_KEY) ?? "");
    if (isRecord(stored)) {
      useNotices.setState({ hasSound: stored.hasSound === true, hasPopup: stored.hasPopup === true });
    }
  } catch {
    // Storage is forbidden: nothing was chosen.
  }
}

export function changeNotices(change: Partial<Notices>): void {
  useNotices.setState(change);
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(useNotices.getState()));
  } catch {
    // It holds for as long as the page.
  }
}
