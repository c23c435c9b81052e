import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import { inData } from "@/scripts/launch/paths.mjs";

const FOLDER = inData("screens");

/** One walk through the product: how large the screen is, in which light, in which language. */
export type Walk = { device: string; colorScheme: string; language: string; chapter?: string };

/** Takes the pictures of one walk, numbered in the order in which they are met. */
export class Album {
  readonly #folder: string;
  readonly #chapter: string;
  #count = 0;

  constructor({ device, colorScheme, language, chapter }: Walk) {
    this.#chapter = chapter === undefined ? "" : `${chapter}-`;
    this.#folder = path.join(FOLDER, `${device}-${colorScheme}-${language}`);
  }

  /** The page as it stands; the whole of it, unless something floats over what can be seen. */
  async take(page: Page, name: string, { isWhole = false } = {}): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    this.#count += 1;
    const number = String(this.#count).padStart(2, "0");
    const file = path.join(this.#folder, `${this.#chapter}${number}-${name}.png`);
    if (isWhole) {
      await page.evaluate(() => window.scrollTo(0, 0));
    }
    await page.screenshot({ path: file, fullPage: isWhole, animations: "disabled", caret: "hide" });
  }
}

/** A page with all pictures of all walks, so that one state can be seen in every light beside the others. */
export async function writeIndex(): Promise<void> {
  const walks = (await readdir(FOLDER, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const shots = new Map<string, string[]>();
  for (const walk of walks) {
    for (const file of (await readdir(path.join(FOLDER, walk))).sort()) {
      shots.set(file, [...(shots.get(file) ?? []), walk]);
    }
  }
  const sections = [...shots]
    .toSorted(([left], [right]) => left.localeCompare(right))
    .map(
      ([file, seenIn]) =>
        `<h2>${file.replace(/\.png$/, "")}</h2><div>${seenIn
          .map(
            (walk) =>
              `<figure><a href="${walk}/${file}"><img loading="lazy" src="${walk}/${file}" alt="${file}, ${walk}"></a><figcaption>${walk}</figcaption></figure>`,
          )
          .join("")}</div>`,
    );
  const style =
    "body{font:14px system-ui;margin:24px}div{display:flex;gap:12px;overflow-x:auto}figure{margin:0}img{height:360px;border:1px solid #bbb}";
  await writeFile(
    path.join(FOLDER, "index.html"),
    `<!doctype html><meta charset="utf-8"><title>Screens</title><style>${style}</style><h1>Screens</h1>${sections.join("\n")}\n`,
  );
}
