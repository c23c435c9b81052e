import { randomUUID } from "node:crypto";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { StudioPage } from "./studio-page";
import { Upstream } from "./upstream";
import { type Language, WORDS } from "./words";

const { E2E_EMULATOR_URL: emulatorUrl = "" } = process.env;
const SNAPSHOT_LINES_MAX = 60;
export const PASSWORD = "a password that is long enough";

type Fixtures = {
  /** The language of the browser and of the addresses. */
  language: Language;
  upstream: Upstream;
  /** Patterns of what the browser's console may say; a journey that provokes an error announces it here. */
  expectedNoise: RegExp[];
  /** The studio of somebody new, who is signed in and on no page yet. */
  studio: StudioPage;
  /** A browser of somebody else, who is new and signed in. */
  openAnother: () => Promise<Page>;
};

/** Every journey: what the console or a script complains about fails it, unless it was announced. */
export const test = base.extend<Fixtures>({
  language: ["en", { option: true }],
  locale: async ({ language }, use) => use(WORDS[language].browserLocale),

  // Playwright reads off the first parameter what a fixture needs; these two need nothing.
  // biome-ignore lint/correctness/noEmptyPattern: see above.
  upstream: async ({}, use) => {
    const upstream = new Upstream(emulatorUrl);
    await use(upstream);
    await upstream.calm();
  },

  // biome-ignore lint/correctness/noEmptyPattern: see above.
  expectedNoise: async ({}, use) => use([]),

  context: async ({ context, expectedNoise }, use, testInfo) => {
    const noise: string[] = [];
    context.on("weberror", (event) => noise.push(String(event.error())));
    context.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        noise.push(`${message.text()} (${message.location().url})`);
      }
    });
    await use(context);
    if (testInfo.status !== testInfo.expectedStatus) {
      await describePages(context);
    }
    expect(noise.filter((line) => !expectedNoise.some((pattern) => pattern.test(line)))).toEqual([]);
  },

  page: async ({ page }, use) => {
    await use(page);
    // What a page asks for at the end of its test is answered by nobody any more.
    await page.unrouteAll({ behavior: "ignoreErrors" });
  },

  studio: async ({ page, language }, use) => {
    await signUp(page.context());
    await use(new StudioPage(page, language));
  },

  openAnother: async ({ browser, baseURL }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
      contexts.push(context);
      await signUp(context);
      return context.newPage();
    });
    for (const context of contexts) {
      await context.close();
    }
  },
});

/** What stood on the pages when a journey failed, for whoever has only what was printed. */
async function describePages(context: BrowserContext): Promise<void> {
  for (const page of context.pages()) {
    const snapshot = await page.locator("body").ariaSnapshot({ timeout: 5_000 });
    console.log(`${page.url()}\n${snapshot.split("\n").slice(0, SNAPSHOT_LINES_MAX).join("\n")}`);
  }
}

/** Somebody new, signed in, in all pages of a browser. */
async function signUp(context: BrowserContext): Promise<void> {
  const answer = await context.request.post("/api/auth/sign-up/email", {
    data: { name: "Ada", email: newEmail(), password: PASSWORD },
  });
  expect(answer.ok()).toBe(true);
}

export function newEmail(): string {
  return `${randomUUID()}@example.com`;
}

/** A prompt that no other journey has written. */
export function newPrompt(text = "a fox in the snow"): string {
  return `${text}, plate ${randomUUID().slice(0, 8)}`;
}

export { expect } from "@playwright/test";
