import type { Page } from "@playwright/test";
import { make } from "./support/make";
import { expect, newPrompt, test } from "./support/test";

/** Runs before the page's own script: counts the transitions that are begun. */
function countTransitions(): void {
  const start = document.startViewTransition.bind(document);
  Reflect.set(window, "transitionCount", 0);
  document.startViewTransition = (given) => {
    Reflect.set(window, "transitionCount", Number(Reflect.get(window, "transitionCount")) + 1);
    return start(given);
  };
}

const transitionsOf = (page: Page) => page.evaluate(() => Number(Reflect.get(window, "transitionCount")));

/** What has a name in the next transition, the page itself aside. */
const namedIn = (page: Page) =>
  page.evaluate(() =>
    [...document.body.querySelectorAll("*")]
      .map((element) => getComputedStyle(element).viewTransitionName)
      .filter((name) => name !== "none"),
  );

test("a picture grows out of its tile once, in the studio and in the library", async ({ page, studio }) => {
  const prompt = newPrompt();
  await make(page, prompt, { numOutputs: 2 });
  await page.addInitScript(countTransitions);

  await studio.open();
  await studio.expectPictures(prompt, 2);
  await studio.pictures(prompt).first().click();
  await expect(studio.viewer).toBeVisible();
  expect(await transitionsOf(page)).toBe(1);
  expect(await namedIn(page)).toEqual(["picture"]);
  await page.keyboard.press("ArrowRight");
  await expect(studio.viewer.getByRole("heading", { name: /^Picture 2 of 2/ })).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(studio.viewer).toHaveCount(0);
  expect(await transitionsOf(page)).toBe(1);
  expect(await namedIn(page)).toEqual([]);

  await studio.open("/library");
  const tile = page.locator("[data-tile]").first();
  await expect(tile.locator("img")).not.toHaveJSProperty("naturalWidth", 0);
  await tile.click();
  await expect(studio.viewer).toBeVisible();
  expect(await transitionsOf(page)).toBe(1);
  expect(await namedIn(page)).toEqual(["picture"]);
});

test("for a reader who wants no motion the viewer is there at once", async ({ page, studio }) => {
  const prompt = newPrompt();
  await make(page, prompt);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.addInitScript(countTransitions);
  await studio.open();
  await studio.expectPictures(prompt, 1);
  await studio.pictures(prompt).click();
  await expect(studio.viewer).toBeVisible();
  expect(await transitionsOf(page)).toBe(0);
});

test("a browser without transitions has the viewer all the same", async ({ page, studio }) => {
  const prompt = newPrompt();
  await make(page, prompt);
  await page.addInitScript(() => Reflect.deleteProperty(Document.prototype, "startViewTransition"));
  await studio.open();
  await studio.expectPictures(prompt, 1);
  await studio.pictures(prompt).click();
  await expect(studio.viewer).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(studio.viewer).toHaveCount(0);
});
