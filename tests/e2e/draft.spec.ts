import type { Page } from "@playwright/test";
import { DraftResponse } from "@/lib/contracts/draft";
import { StudioPage } from "./support/studio-page";
import { test as base, expect, newPrompt, PASSWORD } from "./support/test";

/** With a second browser of the same person, in which nothing is stored. */
const test = base.extend<{ elsewhere: StudioPage }>({
  elsewhere: async ({ browser, baseURL, language, studio }, use) => {
    const context = await browser.newContext({
      ...(baseURL === undefined ? {} : { baseURL }),
      storageState: { cookies: await studio.page.context().cookies(), origins: [] },
    });
    const other = new StudioPage(await context.newPage(), language);
    await use(other);
    await context.close();
  },
});

/** What the account of a page's person keeps. */
async function keptText(page: Page): Promise<string | undefined> {
  const answer = await page.request.get("/api/draft");
  return DraftResponse.parse(await answer.json()).saved?.draft.text;
}

test("what is written in one browser stands in another of the same person, and the last change wins", async ({
  page,
  studio,
  elsewhere,
}) => {
  const words = newPrompt();
  await studio.open();
  await studio.choose(/^How many: /, /^4$/);
  await studio.prompt.fill(words);
  await expect.poll(() => keptText(page)).toBe(words);

  await elsewhere.open();
  await expect(elsewhere.prompt).toHaveValue(words);
  await expect(elsewhere.makeButton).toHaveText("Make 4 · 20 credits");
  await elsewhere.prompt.fill(`${words}, at dawn`);
  await expect.poll(() => keptText(page)).toBe(`${words}, at dawn`);
  // What was written a moment before the page is left is sent as it is left.
  await elsewhere.prompt.fill(`${words}, at dusk`);
  await elsewhere.open("/models");
  await expect.poll(() => keptText(page)).toBe(`${words}, at dusk`);

  await page.reload();
  await expect(studio.prompt).toHaveValue(`${words}, at dusk`);
  await page.getByRole("button", { name: "Bring it back" }).click();
  await expect(studio.prompt).toHaveValue(words);
  await expect.poll(() => keptText(page)).toBe(words);
});

test("signing out takes the draft out of the browser, and signing in brings it back", async ({
  page,
  studio,
}) => {
  const words = newPrompt();
  await studio.open();
  await studio.prompt.fill(words);
  await page.getByRole("button", { name: "Account: Ada" }).click();
  const email = await page.getByRole("dialog").getByText("@example.com").innerText();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).not.toHaveURL(/\/create/);
  await expect(studio.prompt).toHaveValue("");
  expect(await page.evaluate(() => localStorage.getItem("sunprint.draft"))).toBeNull();

  await studio.open("/sign-in?next=/create");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/create$/);
  await expect(studio.prompt).toHaveValue(words);
});

test("a text that was sent is gone everywhere", async ({ page, studio, elsewhere }) => {
  const words = newPrompt();
  await studio.open();
  await studio.prompt.fill(words);
  await expect.poll(() => keptText(page)).toBe(words);
  await elsewhere.open();
  await expect(elsewhere.prompt).toHaveValue(words);

  await studio.makeButton.click();
  await expect(studio.prompt).toHaveValue("");
  await expect.poll(() => keptText(page)).toBe("");
  for (const browser of [studio, elsewhere]) {
    await browser.page.reload();
    await expect(browser.page.getByRole("button", { name: "Write a prompt" })).toBeVisible();
    await expect(browser.prompt).toHaveValue("");
  }
});

test("an account that cannot be reached is no hindrance, and gets the draft later", async ({
  page,
  studio,
  expectedNoise,
}) => {
  expectedNoise.push(/ERR_FAILED/);
  const words = newPrompt();
  const refused = page.waitForRequest("**/api/draft");
  await page.route("**/api/draft", (route) => route.abort());
  await studio.open();
  await studio.prompt.fill(words);
  await refused;
  await expect(studio.composer.getByRole("alert")).toHaveCount(0);
  await page.unroute("**/api/draft");
  await page.reload();
  await expect(studio.prompt).toHaveValue(words);
  await expect.poll(() => keptText(page)).toBe(words);
});
