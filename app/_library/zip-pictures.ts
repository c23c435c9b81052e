import { wait } from "@/app/_data/wait";
import type { Task } from "@/lib/contracts/task";

const NAME_LENGTH_MAX = 48;
const TRIES_MAX = 3;
const RETRY_DELAY_MS = 1_000;
/** What brings nothing for so long brings nothing any more. */
const FETCH_MS_MAX = 60_000;

export type ZipPicture = {
  id: string;
  /** Where its bytes are. */
  address: string;
  /** Of which it is; null when it came from elsewhere. */
  task: Task | null;
  /** Its folder in the ZIP, with a slash; empty for none. */
  folder: string;
};

type ZipOptions = {
  /** Further files. */
  more?: { name: string; input: string }[];
  signal: AbortSignal;
  onProgress: (done: number) => void;
  /** Takes the ZIP while it is being made. */
  save: (zip: Response) => Promise<void>;
};

/**
 * Puts pictures and a list of what they are into one file, in the browser: each is fetched when its turn comes, and
 * nothing is kept twice. What cannot be had is left out and named in `missing.json`. Answers how many those are.
 */
export async function zipPictures(pictures: readonly ZipPicture[], options: ZipOptions): Promise<number> {
  const { more = [], signal, onProgress, save } = options;
  const { downloadZip } = await import("client-zip");
  const manifest: object[] = [];
  const missing: object[] = [];

  async function* files() {
    for (const [place, picture] of pictures.entries()) {
      const { id, folder, address, task } = picture;
      const bytes = await fetchBytes(address, signal);
      onProgress(place + 1);
      if (bytes) {
        const name = `${folder}${fileName(id, task?.prompt ?? "", bytes.type)}`;
        manifest.push({ file: name, ...describe(picture) });
        yield { name, lastModified: new Date(task?.createdAt ?? Date.now()), input: bytes };
      } else {
        missing.push({ address, ...describe(picture) });
      }
    }
    const lists = [
      { name: "manifest.json", input: JSON.stringify(manifest, null, 2) },
      ...(missing.length > 0 ? [{ name: "missing.json", input: JSON.stringify(missing, null, 2) }] : []),
    ];
    for (const file of [...more, ...lists]) {
      yield { ...file, lastModified: new Date() };
    }
  }

  await save(downloadZip(files()));
  return missing.length;
}

function describe({ id, task }: ZipPicture): object {
  return {
    id,
    prompt: task?.prompt ?? null,
    executedPrompt: task?.executedPrompt ?? null,
    model: task?.model ?? null,
    aspectRatio: task?.aspectRatio ?? null,
    seed: task?.seed ?? null,
    createdAt: task?.createdAt ?? null,
  };
}

/** All of a picture before any of it is in the ZIP, which what breaks off half-way would spoil. Null when it cannot be had. */
async function fetchBytes(address: string, signal: AbortSignal): Promise<Blob | null> {
  for (let failures = 1; ; failures++) {
    try {
      const patience = AbortSignal.timeout(FETCH_MS_MAX);
      const response = await fetch(address, { signal: AbortSignal.any([signal, patience]) });
      if (response.ok) {
        return await response.blob();
      }
      if (response.status < 500) {
        return null;
      }
    } catch {
      signal.throwIfAborted();
    }
    if (failures === TRIES_MAX) {
      return null;
    }
    await wait(RETRY_DELAY_MS * failures, signal);
  }
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
