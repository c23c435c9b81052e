import { saveFile } from "@/app/_data/save-file";
import { readDetails } from "./read-details";
import { zipPictures } from "./zip-pictures";

const NAME = "sunprint.zip";

/** Downloads whole pictures, and a list of what they are, in one file. Answers how many could not be had. */
export async function downloadZip(
  pictures: readonly { imageId: string; taskId: string }[],
  options: { signal: AbortSignal; onProgress: (done: number) => void },
): Promise<number> {
  const details = await readDetails([...new Set(pictures.map(({ taskId }) => taskId))], options.signal);
  const tasks = new Map(details.map(({ task }) => [task.id, task]));
  return zipPictures(
    pictures.map(({ imageId, taskId }) => ({
      id: imageId,
      address: `/img/${imageId}`,
      task: tasks.get(taskId) ?? null,
      folder: "",
    })),
    { ...options, save: async (zip) => saveFile(await zip.blob(), NAME) },
  );
}
