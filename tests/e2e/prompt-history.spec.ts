import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessibility";
import { make, sendAndCancel } from "./support/make";
import { expect, newPrompt, test } from "./support/test";
import { WORDS } from "./support/words";

const panelOf = (page: Page) => page.getByRole("dialog", { name: "Earlier prompts" });
const openPanel = (page: Page) => page.getByRole("button", { name: "Earlier prompts" }).click();

test("an earlier prompt is found by its words, and takes the place of what stood there, which is kept", async ({
  page,
  studio,
}) => {
  const [heron, owl] = [newPrompt("a heron at dawn"), newPrompt("an owl at dusk")];
  for (const prompt of [heron, owl, heron]) {
    await sendAndCancel(page, prompt);
  }
  await studio.open();
  await studio.prompt.fill("something else");
  await openPanel(page);
  const prompts = panelOf(page).getByRole("list").getByRole("button");
  // Each once, the one that was sent last at the top.
  await expect(prompts).toHaveText([heron, owl]);
  await panelOf(page).getByRole("searchbox").fill("DUSK owl");
  await expect(prompts).toHaveText([owl]);
  await prompts.click();
  await expect(panelOf(page)).toHaveCount(0);
  await expect(studio.prompt).toHaveValue(owl);
  await page.getByRole("button", { name: "Bring it back" }).click();
  await expect(studio.prompt).toHaveValue("something else");
});

test("what a proposal was used for is found by both its texts, and comes back with them", async ({
  page,
  studio,
}) => {
  const [written, sent] = [newPrompt("狐狸"), newPrompt("a red fox")];
  await make(page, sent, { writtenPrompt: written });
  await studio.open();
  await openPanel(page);
  await panelOf(page).getByRole("searchbox").fill("狐狸");
  await panelOf(page).getByRole("listitem").filter({ hasText: written }).getByRole("button").click();
  await expect(studio.prompt).toHaveValue(sent);
  await studio.makeButton.click();
  await expect(studio.prompt).toHaveValue("");
  expect((await studio.tasks())[0]).toMatchObject({ prompt: written, executedPrompt: sent });
});

test("without a pointer: open, search, walk, choose", async ({ page, studio }) => {
  const [first, second] = [newPrompt("first"), newPrompt("second")];
  await sendAndCancel(page, first);
  await sendAndCancel(page, second);
  await studio.open();
  await page.getByRole("button", { name: "Earlier prompts" }).focus();
  await page.keyboard.press("Enter");
  await expect(panelOf(page).getByRole("searchbox")).toBeFocused();
  await expect(panelOf(page).getByRole("listitem")).toHaveCount(2);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(panelOf(page).getByRole("button", { name: first })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(studio.prompt).toHaveValue(first);
  await expect(page.getByRole("button", { name: "Earlier prompts" })).toBeFocused();
});

test("a history that cannot be read says so, and can be asked again", async ({
  page,
  studio,
  expectedNoise,
}) => {
  expectedNoise.push(/status of 503/);
  const prompt = newPrompt();
  await sendAndCancel(page, prompt);
  await page.route("**/api/library/prompts*", (route) =>
    route.fulfill({
      status: 503,
      json: { error: "Not now.", code: 503, reason: "upstream_unavailable", requestId: "req_journey" },
    }),
  );
  await studio.open();
  await openPanel(page);
  await expect(panelOf(page).getByRole("alert")).toContainText("Your earlier prompts couldn't be loaded.");
  await expectAccessible(page, "a history that cannot be read");
  await page.unroute("**/api/library/prompts*");
  await panelOf(page).getByRole("button", { name: "Try again" }).click();
  await expect(panelOf(page).getByRole("button", { name: prompt })).toBeVisible();
});

for (const language of ["en", "zh"] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language, colorScheme: language === "zh" ? "dark" : "light" });
    const { history } = WORDS[language];

    test("earlier prompts are accessible: none, some, no match", async ({ page, studio }) => {
      const dialog = page.getByRole("dialog", { name: history.label });
      await studio.open();
      await page.getByRole("button", { name: history.label }).click();
      await expect(dialog.getByRole("status")).toContainText(history.none);
      await expectAccessible(page, "no earlier prompts");
      await page.keyboard.press("Escape");
      await sendAndCancel(page, newPrompt());
      await page.getByRole("button", { name: history.label }).click();
      await expect(dialog.getByRole("listitem")).toHaveCount(1);
      await expectAccessible(page, "earlier prompts");
      await dialog.getByRole("searchbox").fill("no such word");
      await expect(dialog.getByRole("status")).toHaveText(history.noMatch);
      await expect(dialog.getByRole("listitem")).toHaveCount(0);
      await expectAccessible(page, "no match among earlier prompts");
    });

    test("a finger reaches earlier prompts, and no keyboard comes up unasked", { tag: "@phone" }, async ({
      page,
      studio,
    }) => {
      const prompt = newPrompt("a long prompt that is wider than a phone is ".repeat(3));
      const dialog = page.getByRole("dialog", { name: history.label });
      await sendAndCancel(page, prompt);
      await studio.open();
      await studio.prompt.tap();
      await page.getByRole("button", { name: history.label }).tap();
      const choice = dialog.getByRole("listitem").getByRole("button");
      await expect(choice).toHaveCount(1);
      await expect(dialog).toBeFocused();
      expect((await choice.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await expectAccessible(page, "earlier prompts on a phone");
      await choice.tap();
      await expect(studio.prompt).toHaveValue(prompt);
    });
  });
}
