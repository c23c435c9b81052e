import { z } from "zod";
import { make } from "./support/make";
import { expect, newPrompt, test } from "./support/test";

const Seen = z.array(z.object({ milliseconds: z.number(), changes: z.array(z.string()) }));
const FADE_MS_MAX = 100;
const TRAVELS =
  /^(transform|translate|scale|rotate|offset.+|inset.*|top|right|bottom|left|width|height|margin.*)$/;

/** Runs in the page before anything else: keeps what each animation and transition changes, and for how long. */
function keepAnimations(): void {
  const animations: { milliseconds: number; changes: string[] }[] = [];
  const keep = ({ target }: Event) => {
    for (const { effect } of target instanceof Element ? target.getAnimations() : []) {
      if (effect instanceof KeyframeEffect) {
        const changes = effect.getKeyframes().flatMap((frame) => Object.keys(frame));
        animations.push({ milliseconds: Number(effect.getTiming().duration), changes });
      }
    }
  };
  document.addEventListener("animationstart", keep, { capture: true });
  document.addEventListener("transitionrun", keep, { capture: true });
  Object.assign(window, { animations });
}

test("for somebody who asked for reduced motion things fade within a tenth of a second, and nothing travels", async ({
  page,
  studio,
  upstream,
}) => {
  const prompt = newPrompt();
  await upstream.pace(prompt, { starting: 4_000, processing: 12_000 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.addInitScript(keepAnimations);
  await studio.open();
  await studio.choose(/^Model: /, /^FLUX dev 10/);
  await studio.make(prompt);
  await expect(studio.sheets(prompt).getByRole("button", { name: "Cancel" })).toBeVisible();
  await studio.expectPictures(prompt, 2);
  await studio.pictures(prompt).first().click();
  await expect(studio.viewer).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(studio.viewer).toHaveCount(0);

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Library" }).click();
  const tiles = page.locator("[data-tile]");
  await expect(tiles).toHaveCount(2);
  await tiles.first().focus();
  await page.keyboard.press("Space");
  await expect(page.getByRole("toolbar")).toBeVisible();
  await page.keyboard.press("Delete");
  await expect(page.getByText("Moved to the bin.")).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);

  const animations = Seen.parse(await page.evaluate("window.animations"));
  expect(animations.length).toBeGreaterThan(3);
  expect(Math.max(...animations.map(({ milliseconds }) => milliseconds))).toBeLessThanOrEqual(FADE_MS_MAX);
  expect(animations.flatMap(({ changes }) => changes).filter((name) => TRAVELS.test(name))).toEqual([]);
});

test("a picture comes out of its print for whoever had that before their eyes, and is simply there for others", async ({
  page,
  studio,
  upstream,
}) => {
  const [seen, unseen] = [newPrompt("seen"), newPrompt("unseen")];
  await upstream.linger(seen);
  await upstream.linger(unseen);
  for (let count = 0; count < 3; count++) {
    await make(page, newPrompt("below"), { aspectRatio: "1:1" });
  }
  await page.addInitScript(() => {
    const washed: string[] = [];
    document.addEventListener("animationstart", ({ target, animationName }) => {
      const sheet = target instanceof Element ? target.closest("article") : null;
      if (sheet && /wash/.test(animationName)) {
        washed.push(sheet.querySelector("h2")?.textContent ?? "");
      }
    });
    Object.assign(window, { washed });
  });
  const washed = async () => z.array(z.string()).parse(await page.evaluate("window.washed"));
  await studio.open();
  await studio.make(seen);
  await studio.expectPictures(seen, 2);
  await expect.poll(washed).toContain(seen);

  await studio.make(unseen);
  await expect(studio.sheets(unseen)).toHaveAttribute("data-status", "processing");
  await page.mouse.move(600, 600);
  await page.mouse.wheel(0, 20_000);
  await expect(studio.sheets(unseen)).not.toBeInViewport();
  await expect(studio.sheets(unseen)).toHaveAttribute("data-status", "succeeded", { timeout: 60_000 });
  await studio.expectPictures(unseen, 2);
  expect(await washed()).not.toContain(unseen);
});
