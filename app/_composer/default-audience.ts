/** Kept in this browser; without a word of the person's, new pictures are theirs alone. */
const STORAGE_KEY = "sunprint.audience";

/** Whether new pictures begin as "Only me". */
export function readDefaultIsPrivate(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== "link";
  } catch {
    return true;
  }
}

export function saveDefaultIsPrivate(isPrivate: boolean): void {
  try {
    localStorage.setItem(STORAGE_KEY, isPrivate ? "private" : "link");
  } catch {
    // Storage is full or forbidden: the safe default stays.
  }
}
