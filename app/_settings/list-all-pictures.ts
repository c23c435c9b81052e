import { isRecord } from "@/app/_data/json";
import { readApi } from "@/app/_data/problem-error";
import type { LibraryList } from "@/lib/contracts/library";

function isLibraryList(value: unknown): value is LibraryList {
  return isRecord(value) && Array.isArray(value.items);
}

/** Every picture of the person's that is not in the bin, newest first. */
export async function listAllPictures(): Promise<{ imageId: string; taskId: string }[]> {
  const { items } = await readApi("/api/library", isLibraryList);
  return items.flatMap(({ id, images }) => images.map((imageId) => ({ imageId, taskId: id })));
}
