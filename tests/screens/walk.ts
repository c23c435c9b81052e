import type { Messages } from "next-intl";
import postgres from "postgres";
import { readMessages } from "@/tests/e2e/support/read-messages";
import type { StudioPage } from "@/tests/e2e/support/studio-page";
import { expect, test } from "@/tests/e2e/support/test";
import type { Upstream } from "@/tests/e2e/support/upstream";
import { Album, writeIndex } from "./album";

const { E2E_DATABASE_URL: databaseUrl = "" } = process.env;

export type WalkScene = {
  page: StudioPage["page"];
  studio: StudioPage;
  upstream: Upstream;
  /** What the screens say in this walk's language. */
  messages: Messages;
  /** A prompt that no other walk has. */
  prompt: (text: string) => string;
  take: (name: string, options?: { isWhole?: boolean }) => Promise<void>;
};

/** A number of each walk, so that the shared emulator's rules meet its prompts alone. */
let walkNumber = 0;

/** Walks through some states of the product in every language and every light. */
export function walkThrough(chapter: string, walk: (scene: WalkScene) => Promise<void>): void {
  for (const language of ["en", "zh"] as const) {
    for (const colorScheme of ["light", "dark"] as const) {
      test.describe(`${language}, ${colorScheme}`, () => {
        test.use({ language, colorScheme });

        test(chapter, async ({ page, studio, upstream, expectedNoise }, { project }) => {
          expectedNoise.push(/status of (4|5)\d\d/, /ERR_/, /provoked/);
          const album = new Album({ device: project.name, colorScheme, language, chapter });
          walkNumber += 1;
          const number = `${process.pid % 1000}-${walkNumber}`;
          await walk({
            page,
            studio,
            upstream,
            messages: readMessages(language),
            prompt: (text) => `${text} ${number}`,
            take: (name, options) => album.take(page, name, options),
          });
        });
      });
    }
  }
  test.afterAll(writeIndex);
}

/** Chooses in a panel of the composer, which on a phone shows its chips once it has the focus. */
export async function choose(studio: StudioPage, chip: RegExp, choice: RegExp): Promise<void> {
  await studio.prompt.focus();
  await studio.choose(chip, choice);
}

/** Sends a prompt and waits until the server has it. */
export async function send(studio: StudioPage, prompt: string): Promise<void> {
  await studio.make(prompt);
  await expect(studio.prompt).toHaveValue("");
}

/** More than a new account has, so that every state can be met in one walk: they are made one after the other. */
export async function grantPlenty(): Promise<void> {
  await asOwner(
    (
      owner,
    ) => owner`select grant_credits(id, 500, ${`screens-${Date.now()}`}, 'operator:screens', 'for the pictures')
      from users order by created_at desc limit 1`,
  );
}

/** One statement that the app has no right to. */
export async function asOwner(run: (owner: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  const owner = postgres(databaseUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  await run(owner);
  await owner.end();
}
