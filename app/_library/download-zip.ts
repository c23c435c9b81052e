import { callApi } from "@/app/_data/call-api";
import { isRecord } from "@/app/_data/json";
import { saveFile } from "@/app/_data/save-file";
import type { LibraryDetail } from "@/lib/contracts/library";

const DETAILS_MAX = 100;
const NAME_LENGTH_MAX = 48;

type ZipOptions = {
  name: string;
  onProgress: (done: number, total: number) => void;
  signal?: AbortSignal;
  /** Further files. */
  more?: { name: string; input: string }[];
};

/**
 * Puts whole pictures and a list of what they are into one file, in the browser: each is fetched when its turn comes,
 * and nothing is kept twice. Answers how many could not be had.
 */
export async function downloadZip(
  pictures: readonly { imageId: string; taskId: string }[],
  { name, onProgress, signal, more = [] }: ZipOptions,
): Promise<number> {
  const { downloadZip: zip } = await import("client-zip");
  const details = await readDetails([...new Set(pictures.map(({ taskId }) => taskId))]);
  let missing = 0;
  let done = 0;
  const manifest: object[] = [];

  async function* files() {
    for (const { imageId, taskId } of pictures) {
      const response = await fetch(`/img/${imageId}`, signal ? { signal } : {});
      onProgress(++done, pictures.length);
      const task = details.get(taskId);
      if (!response.ok || !response.body) {
        missing += 1;
        continue;
      }
      const file = fileName(imageId, task?.prompt ?? "", response.headers.get("content-type") ?? "");
      manifest.push({
        file,
        id: imageId,
        prompt: task?.prompt ?? null,
        executedPrompt: task?.executedPrompt ?? null,
        model: task?.model ?? null,
        aspectRatio: task?.aspectRatio ?? null,
        seed: task?.seed ?? null,
        createdAt: task?.createdAt ?? null,
      });
      yield { name: file, lastModified: new Date(task?.createdAt ?? Date.now()), input: response };
    }
    for (const file of more) {
      yield { ...file, lastModified: new Date() };
    }
    yield { name: "manifest.json", lastModified: new Date(), input: JSON.stringify(manifest, null, 2) };
  }

  saveFile(await zip(files()).blob(), name);
  return missing;
}

async function readDetails(ids: readonly string[]): Promise<Map<string, LibraryDetail["task"]>> {
  const tasks = new Map<string, LibraryDetail["task"]>();
  for (let start = 0; start < ids.length; start += DETAILS_MAX) {
    const body = { ids: ids.slice(start, start + DETAILS_MAX) };
    const answer = await callApi("/api/library/details", { method: "POST", body });
    if (answer.kind === "ok" && isDetails(answer.body)) {
      for (const { task } of answer.body.details) {
        tasks.set(task.id, task);
      }
    }
  }
  return tasks;
}

function isDetails(value: unknown): value is { details: LibraryDetail[] } {
  return isRecord(value) && Array.isArray(value.details);
}

/** Words of the prompt that every file system takes, and the id, which makes it the only one of its name. */
export function fileName(imageId: string, prompt: string, contentType: string): string {
  const words = prompt
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, NAME_LENGTH_MAX)
    .replace(/^-+|-+$/g, "");
  const kind = contentType.split("/")[1]?.split(";")[0] ?? "";
  const extension = { jpeg: "jpg", png: "png", webp: "webp" }[kind] ?? "img";
  return `${[words, imageId].filter(Boolean).join("-")}.${extension}`;
}
