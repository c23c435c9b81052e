import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./support/accessibility";
import { readMessages } from "./support/read-messages";
import { expect, newPrompt, test } from "./support/test";

/** The page is not wider than the screen: nothing is cut off and nothing scrolls sideways. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(widths[0]).toBeLessThanOrEqual(390);
  expect(widths[1]).toBe(390);
}

for (const language of ["en", "zh"] as const) {
  test.describe(`on a phone (${language})`, { tag: "@phone" }, () => {
    test.use({ language });

    test("make, wait, look, go back; and nothing scrolls sideways", async ({ page, studio, upstream }) => {
      const [prompt, failed] = [newPrompt(), newPrompt()];
      await upstream.fail(failed, "CUDA out of memory (E1001)");
      await upstream.linger(prompt);
      await studio.open();
      await expectNoSidewaysScroll(page);
      await studio.prompt.tap();
      await studio.prompt.fill(prompt);
      await expectNoSidewaysScroll(page);
      await studio.makeButton.tap();
      await expect(studio.sheets(prompt).getByRole("button", { name: studio.words.cancel })).toBeVisible();
      await expectNoSidewaysScroll(page);
      await studio.expectPictures(prompt, 2);
      await studio.prompt.tap();
      await studio.prompt.fill("an-unbroken-word-".repeat(60));
      await expectNoSidewaysScroll(page);
      await studio.prompt.fill(failed);
      await studio.makeButton.tap();
      await expect(studio.sheets(failed)).toHaveAttribute("data-status", "failed");
      await expectNoSidewaysScroll(page);
      await expectAccessible(page, "the studio on a phone");

      await studio.pictures(prompt).first().tap();
      await expect(studio.viewer).toBeVisible();
      await expectNoSidewaysScroll(page);
      await expectAccessible(page, "the viewer on a phone");
      await page.reload();
      await expect(page.getByRole("heading", { name: prompt })).toBeVisible();
      await expectNoSidewaysScroll(page);
      await page.goBack();
      await expect(studio.sheets(prompt)).toBeVisible();

      await studio.open("/credits");
      await expect(page.getByTestId("ledger-sum")).toBeVisible();
      await expectNoSidewaysScroll(page);
    });

    test("what is said covers nothing of the folded composer", async ({ page, studio, expectedNoise }) => {
      expectedNoise.push(/status of 503/);
      const { problem } = readMessages(language);
      const topOf = async (locator: Locator) => (await locator.boundingBox())?.y ?? 0;
      await page.request.post("/api/generate", {
        data: { model: "flux-dev", inputPrompt: newPrompt(), aspectRatio: "1:1", numOutputs: 3 },
      });
      await studio.open();
      const said = page.getByText(language === "zh" ? "还剩 20 积分" : "20 credits left");
      await expect(said).toBeVisible();
      await expect(async () => {
        const box = await said.boundingBox();
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(await topOf(studio.composer));
      }).toPass();

      await page.route("**/api/generate", (route) =>
        route.fulfill({
          status: 503,
          json: { error: "Not now.", code: 503, reason: "upstream_unavailable", requestId: "req_journey" },
        }),
      );
      await studio.prompt.tap();
      await studio.prompt.fill(newPrompt());
      await studio.makeButton.tap();
      const notice = studio.composer.getByRole("alert");
      await expect(notice).toContainText(problem.reason.upstream_unavailable);
      await expect(studio.composer).not.toHaveAttribute("data-open");
      expect((await studio.prompt.boundingBox())?.width).toBeGreaterThan(150);
      const button = await studio.makeButton.boundingBox();
      expect(await topOf(notice)).toBeGreaterThanOrEqual((button?.y ?? 0) + (button?.height ?? 0));
      await expectNoSidewaysScroll(page);
    });

    test("whoever taps into the prompt before the script runs finds the whole composer, and what they wrote", async ({
      page,
      studio,
    }) => {
      const scripts = Promise.withResolvers<void>();
      await page.route(/\/_next\/static\/.*\.js/, async (route) => {
        await scripts.promise;
        await route.continue();
      });
      await page.goto(studio.address("/create"), { waitUntil: "commit" });
      await studio.prompt.tap();
      await page.keyboard.type("a fox");
      scripts.resolve();
      await expect(studio.composer).toHaveAttribute("data-open");
      await expect(studio.prompt).toHaveValue("a fox");
      await studio.makeButton.tap();
      await expect(studio.sheets("a fox")).toBeVisible();
    });

    test("the pages without an account fit", async ({ page }) => {
      const prefix = language === "zh" ? "/zh" : "";
      for (const path of ["", "/sign-in", "/sign-up", "/reset", "/reset?token=x"]) {
        await page.goto(`${prefix}${path}` || "/");
        await expectNoSidewaysScroll(page);
      }
    });
  });
}
