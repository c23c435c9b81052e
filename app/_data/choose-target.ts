import { saveFile } from "./save-file";

/** Not in every browser, and not in the types of those that are. */
type PickedFile = FileSystemFileHandle & { remove?: () => Promise<void> };
declare global {
  interface Window {
    showSaveFilePicker?: (options: { suggestedName: string }) => Promise<PickedFile>;
  }
}

export type Target = {
  /** Takes what an answer brings, to where it is to stay. */
  save: (content: Response, signal: AbortSignal) => Promise<void>;
  /** Leaves nothing there: it did not come to that. */
  discard: () => Promise<void>;
};

/**
 * Where a large file goes: straight to the disk where the browser lets somebody choose a place, and else by way of its
 * memory to the downloads. Null when nobody chose. Called from a press, or no browser asks.
 */
export async function chooseTarget(name: string): Promise<Target | null> {
  const downloads: Target = {
    save: async (content) => saveFile(await content.blob(), name),
    discard: async () => {},
  };
  if (!window.showSaveFilePicker) {
    return downloads;
  }
  try {
    const file = await window.showSaveFilePicker({ suggestedName: name });
    return {
      save: async ({ body }, signal) => body?.pipeTo(await file.createWritable(), { signal }),
      // The browser makes an empty file as soon as it is chosen.
      discard: async () => file.remove?.().catch(() => {}),
    };
  } catch (error) {
    const isUnwanted = error instanceof DOMException && error.name === "AbortError";
    return isUnwanted ? null : downloads;
  }
}
