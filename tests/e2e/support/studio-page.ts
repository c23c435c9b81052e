import { expect, type Locator, type Page } from "@playwright/test";
import { localizePath } from "@/i18n/localize-path";
import { CreditsResponse } from "@/lib/contracts/credits";
import { type Task, TaskList } from "@/lib/contracts/task";
import { type Language, WORDS } from "./words";

/** They are drawn and resized on the machine of the tests, which may have other work. */
const PICTURES_TIMEOUT_MS = 60_000;

/** The studio as somebody meets it: by what is written on it. */
export class StudioPage {
  readonly page: Page;
  readonly words: (typeof WORDS)[Language];
  readonly prompt: Locator;
  readonly composer: Locator;
  readonly makeButton: Locator;
  readonly viewer: Locator;
  readonly liveRegion: Locator;
  readonly #language: Language;

  constructor(page: Page, language: Language) {
    this.page = page;
    this.#language = language;
    this.words = WORDS[language];
    this.prompt = page.locator("#prompt");
    this.composer = page.locator("form[data-composer]");
    this.makeButton = this.composer.getByRole("button", { name: this.words.make });
    this.viewer = page
      .getByRole("dialog")
      .filter({ has: page.getByRole("button", { name: this.words.close }) });
    this.liveRegion = page.getByRole("status");
  }

  address(path: string): string {
    return localizePath(path, this.#language);
  }

  async open(path = "/create"): Promise<void> {
    await this.page.goto(this.address(path));
  }

  /** Writes a prompt and presses the button. */
  async make(prompt: string): Promise<void> {
    await this.prompt.fill(prompt);
    await this.makeButton.click();
  }

  /** The sheets of a prompt; one for each submit. */
  sheets(prompt: string): Locator {
    return this.page.getByRole("article", { name: prompt, exact: true });
  }

  /** The finished pictures of a prompt. */
  pictures(prompt: string): Locator {
    return this.sheets(prompt).locator("[data-picture]");
  }

  /** Waits until a prompt has so many pictures and their bytes are on the screen. */
  async expectPictures(prompt: string, count: number): Promise<void> {
    await expect(this.pictures(prompt)).toHaveCount(count, { timeout: PICTURES_TIMEOUT_MS });
    for (const picture of await this.pictures(prompt).getByRole("img").all()) {
      await picture.scrollIntoViewIfNeeded();
      await expect
        .poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth))
        .toBeGreaterThan(0);
    }
  }

  /** Chooses in one of the composer's panels. */
  async choose(chip: RegExp, choice: RegExp): Promise<void> {
    await this.composer.getByRole("button", { name: chip }).click();
    await this.page
      .getByRole("dialog")
      .locator("label", { has: this.page.getByRole("radio", { name: choice }) })
      .click();
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
  }

  /** The account as the server sees it. */
  async credits(): Promise<CreditsResponse> {
    const response = await this.page.request.get("/api/credits");
    return CreditsResponse.parse(await response.json());
  }

  /** Waits until so much can be spent and nothing is held, and until the page says the same. */
  async expectBalance(available: number): Promise<void> {
    await expect(async () => {
      expect(await this.credits()).toMatchObject({ available, held: 0 });
    }).toPass({ timeout: 30_000 });
    await expect(
      this.page.getByRole("banner").getByRole("link", { name: new RegExp(`^${available} `) }),
    ).toBeVisible();
  }

  async tasks(): Promise<Task[]> {
    const response = await this.page.request.get("/api/task?limit=100");
    return TaskList.parse(await response.json()).tasks;
  }
}
