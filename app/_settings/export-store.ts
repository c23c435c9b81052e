import { create } from "zustand";
import type { Target } from "@/app/_data/choose-target";
import { zipPictures } from "@/app/_library/zip-pictures";
import { type Person, readAccount } from "./read-account";

type Export = {
  /** How many pictures are in; null while it is still being listed what there is. */
  progress: { done: number; total: number } | null;
  stop: () => void;
};

/** The export that is under way. It goes on while its person is on other pages of the studio. */
export const useExport = create<{ running: Export | null }>(() => ({ running: null }));

type ExportOutcome = { kind: "done"; missing: number } | { kind: "stopped" | "failed" };

/** Puts everything of a person's into one ZIP. Nothing is saved when it is stopped, or when a list cannot be had. */
export async function exportAccount(person: Person, target: Target): Promise<ExportOutcome> {
  const abandon = new AbortController();
  const { signal } = abandon;
  const tell = (progress: Export["progress"]) =>
    useExport.setState({ running: { progress, stop: () => abandon.abort() } });
  tell(null);
  try {
    const { pictures, files } = await readAccount(person, signal);
    const total = pictures.length;
    tell({ done: 0, total });
    const missing = await zipPictures(pictures, {
      more: files,
      signal,
      onProgress: (done) => tell({ done, total }),
      save: (zip) => target.save(zip, signal),
    });
    return { kind: "done", missing };
  } catch {
    await target.discard();
    return { kind: signal.aborted ? "stopped" : "failed" };
  } finally {
    useExport.setState({ running: null });
  }
}
