import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./support/accessibility";
import { expectStopsSeen } from "./support/focus-stops";
import { make } from "./support/make";
import { expect, newPrompt, test } from "./support/test";
import { WORDS } from "./support/words";

for (const language of ["en", "zh"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`every screen is accessible (${language}, ${colorScheme})`, () => {
      test.use({ language, colorScheme });
      const words = WORDS[language];

      test("without an account", async ({ page, expectedNoise }) => {
        expectedNoise.push(/status of 404/);
        const prefix = language === "zh" ? "/zh" : "";
        for (const path of [
          "/",
          "/rules",
          "/sign-in",
          "/sign-up",
          "/reset",
          "/reset?token=x",
          "/no-such-page",
        ]) {
          await page.goto(`${prefix}${path}`);
          await expectAccessible(page, path);
        }
      });

      test("in the studio", async ({ page, studio, upstream }) => {
        test.slow();
        const [done, failed, stopped, waiting] = [newPrompt(), newPrompt(), newPrompt(), newPrompt()];
        await upstream.fail(failed, "NSFW content detected. Try running it again.");
        await upstream.hold(stopped);
        await upstream.hold(waiting);
        await studio.open();
        await expectAccessible(page, "the empty studio");

        await studio.choose(words.modelChip, /^FLUX dev LoRA/);
        const chips = studio.composer.locator('button[aria-haspopup="dialog"]');
        await expect(chips).toHaveCount(7);
        for (const chip of await chips.all()) {
          await chip.click();
          await expect(page.getByRole("dialog")).toBeVisible();
          await expectAccessible(page, `the panel of ${await chip.getAttribute("aria-label")}`);
          await page.keyboard.press("Escape");
          await expect(page.getByRole("dialog")).toHaveCount(0);
        }
        await studio.prompt.fill(done);
        await studio.choose(words.countChip, /^4$/);
        await make(page, newPrompt(), { model: "flux-dev", numOutputs: 2 });
        await page.reload();
        await studio.composer.getByRole("button").last().click();
        await expect(page.getByRole("dialog")).toBeVisible();
        await expectAccessible(page, "what fits");
        await page.keyboard.press("Escape");
        await studio.choose(words.modelChip, /^FLUX schnell 5/);
        await studio.choose(words.countChip, /^1$/);

        await studio.prompt.fill(done);
        await page.getByRole("button", { name: words.improve, exact: true }).click();
        await expect(page.getByRole("button", { name: words.useProposal, exact: true })).toBeVisible();
        await expectAccessible(page, "the proposal");

        for (const prompt of [failed, done, stopped, waiting]) {
          await studio.make(prompt);
          await expect(studio.prompt).toHaveValue("");
        }
        await expect(studio.sheets(failed)).toHaveAttribute("data-status", "failed");
        await studio.sheets(stopped).getByRole("button", { name: words.cancel }).click();
        await expect(studio.sheets(stopped)).toHaveAttribute("data-status", "canceled");
        await studio.expectPictures(done, 1);
        await expect(studio.sheets(waiting).getByRole("button", { name: words.cancel })).toBeVisible();
        await expectAccessible(page, "waiting, done, failed and cancelled");

        await studio.sheets(done).getByRole("button", { name: words.more }).click();
        await expect(page.getByRole("dialog")).toBeVisible();
        await expectAccessible(page, "the menu of a sheet");
        await page.getByRole("dialog").getByRole("button", { name: words.delete }).click();
        await expectAccessible(page, "whether to delete");
        await page.keyboard.press("Escape");

        await studio.pictures(done).first().click();
        await expect(studio.viewer).toBeVisible();
        await expectAccessible(page, "the viewer");
        await page.reload();
        await expect(page.getByRole("heading", { name: done })).toBeVisible();
        await expectAccessible(page, "the picture's page");
        await studio.open("/credits");
        await expect(page.getByTestId("ledger-sum")).toBeVisible();
        await expectAccessible(page, "the ledger");
      });
    });
  }
}

/** How light a token of the colours is, 0 to 100; browsers compute some to CIE Lab. */
function lightnessOf(page: Page, token: string): Promise<number> {
  return page.evaluate((name) => {
    const probe = document.body.appendChild(document.createElement("span"));
    probe.style.color = `var(--color-${name})`;
    const { color } = getComputedStyle(probe);
    probe.remove();
    const [, space, lightness] = /^(oklch|lab)\(([\d.]+)/.exec(color) ?? [];
    return Number(lightness) * (space === "oklch" ? 100 : 1);
  }, token);
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("who asks for more contrast has it in quiet words and in lines", async ({ page, studio }) => {
      await studio.open();
      const paper = await lightnessOf(page, "paper");
      for (const token of ["ink-2", "ink-3", "line", "line-strong"]) {
        await page.emulateMedia({ contrast: "no-preference" });
        const usual = Math.abs((await lightnessOf(page, token)) - paper);
        await page.emulateMedia({ contrast: "more" });
        expect(Math.abs((await lightnessOf(page, token)) - paper), token).toBeGreaterThan(usual + 5);
      }
      await expectAccessible(page, "the studio with more contrast");
    });
  });
}

test("at 200 % and in forced colours every stop of Tab is marked and in sight, and nothing scrolls sideways", async ({
  page,
  studio,
}) => {
  const { images } = await make(page, newPrompt(), { numOutputs: 2 });
  // Half of a desk's width and height: what twice the size leaves of it.
  await page.setViewportSize({ width: 720, height: 450 });
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  for (const path of ["/create", "/library", `/create/${images[0]?.id}`]) {
    await studio.open(path);
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(720);
    await expectStopsSeen(page, path);
  }
});

test("at 200 % and in forced colours the other screens mark every stop of Tab, too, and none scrolls sideways", async ({
  page,
  studio,
}) => {
  const { id } = await make(page, newPrompt());
  await page.setViewportSize({ width: 720, height: 450 });
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  for (const path of ["/credits", "/settings", "/activity"]) {
    await studio.open(path);
    await page.waitForLoadState("networkidle");
    await expectStopsSeen(page, path);
  }
  for (const path of [
    "/credits",
    "/settings",
    "/activity",
    `/credits/receipts/${id}`,
    "/explore",
    "/models",
    "/status",
    "/rules",
    "/",
  ]) {
    await studio.open(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(720);
  }
});

test("for somebody who asked for more contrast hints are as dark as other quiet words were, and hairlines as strong as a field's", async ({
  page,
  studio,
}) => {
  await make(page, newPrompt());
  await studio.open("/library");
  const heading = page.getByRole("region", { name: "Your pictures" }).getByRole("heading");
  const hint = page.getByText("1 picture", { exact: true });
  const field = page.getByRole("searchbox");
  const hairline = page.getByRole("group", { name: "Show", exact: true });
  const colorOf = (what: Locator) => what.evaluate((element) => getComputedStyle(element).color);
  const lineOf = (what: Locator) => what.evaluate((element) => getComputedStyle(element).borderTopColor);
  await expect(heading).toBeVisible();
  const [usualWords, usualField] = [await colorOf(heading), await lineOf(field)];
  expect(await colorOf(hint)).not.toBe(usualWords);
  expect(await lineOf(hairline)).not.toBe(usualField);
  await page.emulateMedia({ contrast: "more" });
  expect(await colorOf(hint)).toBe(usualWords);
  expect(await lineOf(hairline)).toBe(usualField);
  await expectAccessible(page, "the library with more contrast");
});

test("in forced colours the viewer marks every stop of Tab and what is chosen, and the picture it was opened from", async ({
  page,
  studio,
}) => {
  const prompt = newPrompt();
  await make(page, prompt, { numOutputs: 2 });
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  await studio.open();
  await studio.expectPictures(prompt, 2);
  const picture = studio.pictures(prompt).first();
  await picture.focus();
  await page.keyboard.press("Enter");
  await expect(studio.viewer).toBeVisible();
  const favourite = studio.viewer.getByRole("button", { name: "Favourite" });
  await expect(favourite).not.toHaveCSS("text-decoration-line", "underline");
  await page.keyboard.press(".");
  await expect(favourite).toHaveAttribute("aria-pressed", "true");
  await expect(favourite).toHaveCSS("text-decoration-line", "underline");
  const colorOf = (element: Element) => getComputedStyle(element).color;
  expect(await favourite.locator("svg").evaluate(colorOf)).toBe(await favourite.evaluate(colorOf));
  await expectStopsSeen(page, "the viewer");

  await page.keyboard.press("Escape");
  await expect(picture).toBeFocused();
  // Beside the picture, whose own colours nobody knows.
  await expect(picture).toHaveCSS("outline-style", "solid");
  await expect(picture).toHaveCSS("outline-offset", "1px");
  await studio.prompt.focus();
  await expect(studio.composer).toHaveCSS("outline-style", "solid");
});
