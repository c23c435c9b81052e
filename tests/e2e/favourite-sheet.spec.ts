import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessibility";
import { make, readTask } from "./support/make";
import { readMessages } from "./support/read-messages";
import { expect, newPrompt, test } from "./support/test";

/** Which pictures of a task the server has as favourites. */
async function favouritesOf(page: Page, id: string): Promise<boolean[]> {
  return (await readTask(page, id)).images.map(({ isFavourite }) => isFavourite);
}

test("a sheet's heart marks all its pictures, says when all are marked, and takes it back", async ({
  page,
  studio,
}) => {
  const prompt = newPrompt();
  const { id } = await make(page, prompt, { numOutputs: 2 });
  await studio.open();
  const heart = studio.sheets(prompt).getByRole("button", { name: "Favourite", exact: true });
  await expect(heart).toHaveAttribute("aria-pressed", "false");

  await test.step("one of two is not all", async () => {
    await studio.pictures(prompt).first().click();
    await studio.viewer.getByRole("button", { name: "Favourite", exact: true }).click();
    await page.keyboard.press("Escape");
    await expect(studio.viewer).toHaveCount(0);
    await expect.poll(() => favouritesOf(page, id)).toEqual([true, false]);
    await expect(heart).toHaveAttribute("aria-pressed", "false");
  });

  await heart.click();
  await expect(heart).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => favouritesOf(page, id)).toEqual([true, true]);
  await page.reload();
  await expect(heart).toHaveAttribute("aria-pressed", "true");

  await heart.focus();
  await page.keyboard.press("Enter");
  await expect(heart).toHaveAttribute("aria-pressed", "false");
  await expect.poll(() => favouritesOf(page, id)).toEqual([false, false]);
});

test("a mark that the server refuses is shown no longer", async ({ page, studio, expectedNoise }) => {
  expectedNoise.push(/status of 503/);
  const prompt = newPrompt();
  await make(page, prompt);
  let answer = () => {};
  const isAnswered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/api/library/favourite", async (route) => {
    await isAnswered;
    await route.fulfill({
      status: 503,
      json: { error: "Not now.", code: 503, reason: "upstream_unavailable", requestId: "req_journey" },
    });
  });
  await studio.open();
  const heart = studio.sheets(prompt).getByRole("button", { name: "Favourite", exact: true });
  await heart.click();
  await expect(heart).toHaveAttribute("aria-pressed", "true");
  answer();
  await expect(heart).toHaveAttribute("aria-pressed", "false");
});

for (const language of ["en", "zh"] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });
    const { favourite } = readMessages(language).sheet;

    test("a sheet without a picture has no heart, and a marked one is accessible", async ({
      page,
      studio,
      upstream,
    }) => {
      const [done, waiting, failed] = [newPrompt("done"), newPrompt("waits"), newPrompt("fails")];
      await upstream.hold(waiting);
      await upstream.fail(failed, "CUDA out of memory (E1001)");
      await studio.open();
      for (const prompt of [failed, waiting, done]) {
        await studio.make(prompt);
        await expect(studio.prompt).toHaveValue("");
      }
      await studio.expectPictures(done, 2);
      await expect(studio.sheets(failed)).toHaveAttribute("data-status", "failed");
      for (const prompt of [failed, waiting]) {
        await expect(studio.sheets(prompt).getByRole("button", { name: favourite, exact: true })).toHaveCount(
          0,
        );
      }
      const heart = studio.sheets(done).getByRole("button", { name: favourite, exact: true });
      await heart.click();
      await expect(heart).toHaveAttribute("aria-pressed", "true");
      await expectAccessible(page, "a favourite sheet");
    });
  });
}
