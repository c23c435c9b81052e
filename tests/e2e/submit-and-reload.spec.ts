import { expect, newPrompt, test } from "./support/test";

/** What the composer begins with: two pictures of flux-schnell. */
const COUNT = 2;
const PRICE = 10;

test.describe("one submit is one tile and one charge, whenever the page is loaded anew", () => {
  for (const { when, afterMs } of [
    { when: "at once", afterMs: 0 },
    { when: "a second after the press", afterMs: 1000 },
  ]) {
    test(when, async ({ page, studio, upstream }) => {
      const prompt = newPrompt();
      await upstream.pace(prompt, { starting: 4000, processing: 14_000 });
      await studio.open();
      await studio.make(prompt);
      await expect(studio.sheets(prompt)).toHaveCount(1);
      await page.waitForTimeout(afterMs);
      await page.reload();
      await expect(studio.sheets(prompt)).toHaveCount(1);
      await studio.expectPictures(prompt, COUNT);
      await studio.expectBalance(50 - PRICE);
      expect(await upstream.predictionsOf(prompt)).toHaveLength(1);
      expect(await studio.tasks()).toHaveLength(1);
    });
  }

  test("after the end, with the prompt gone from the box", async ({ page, studio }) => {
    const prompt = newPrompt();
    await studio.open();
    await studio.make(prompt);
    await studio.expectPictures(prompt, COUNT);
    await expect(studio.prompt).toHaveValue("");
    await page.reload();
    await expect(studio.sheets(prompt)).toHaveCount(1);
    await studio.expectPictures(prompt, COUNT);
    await studio.expectBalance(50 - PRICE);
    await expect(studio.prompt).toHaveValue("");
  });
});
