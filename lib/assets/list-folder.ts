import "server-only";
import { opendir } from "node:fs/promises";
import path from "node:path";

/** Behind every character of a key. */
const LAST = "~";

export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/**
 * A page of the keys of files below a folder, in the order that a bucket lists them in. However many there are, no more
 * than two pages of names are in memory; folders that are empty make a page shorter.
 */
export async function listFolder(
  root: string,
  folder: string,
  { after, limit }: { after: string; limit: number },
): Promise<{ keys: string[]; next: string | null }> {
  const names = await firstNames(root, folder, { after, limit });
  const keys: string[] = [];
  for (const name of names) {
    if (name.endsWith("/")) {
      const inside = await listFolder(root, folder + name, { after, limit: limit - keys.length });
      keys.push(...inside.keys);
      if (inside.next !== null) {
        return { keys, next: inside.next };
      }
    } else {
      keys.push(folder + name);
    }
    if (keys.length >= limit) {
      return { keys, next: keys.at(-1) ?? null };
    }
  }
  const last = names.length === limit ? names.at(-1) : undefined;
  return { keys, next: last === undefined ? null : folder + last + (last.endsWith("/") ? LAST : "") };
}

/** The first names in a folder behind which, or in which, there is something after a key. Those of folders end in `/`. */
async function firstNames(
  root: string,
  folder: string,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const names: string[] = [];
  const keepFirst = () => names.sort().splice(limit);
  try {
    for await (const entry of await opendir(path.join(root, folder), { bufferSize: 1_024 })) {
      // With its slash, as it stands in a key: `a-b/x` comes before `a/x`.
      const name = entry.isDirectory() ? `${entry.name}/` : entry.name;
      const key = folder + name;
      const isPartly = entry.isDirectory() && after.startsWith(key) && after !== key + LAST;
      if (key > after || isPartly) {
        names.push(name);
        if (names.length >= 2 * limit) {
          keepFirst();
        }
      }
    }
  } catch (error) {
    if (!isMissing(error)) {
      throw error;
    }
  }
  keepFirst();
  return names;
}
