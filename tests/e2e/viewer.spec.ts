import type { CDPSession } from "@playwright/test";
import { TASK_PAGE_SIZE } from "@/app/_data/task-page-size";
import { make, sendAndCancel } from "./support/make";
import { PAUSE_SENTENCE, pause } from "./support/pause";
import { pressUntil } from "./support/press-until";
import { expect, newPrompt, test } from "./support/test";

const SEED = 4821;

test("each key of the viewer does what the list of keys says, and a panel over it keeps its own", async ({
  page,
  studio,
  expectedNoise,
}) => {
  expectedNoise.push(/status of 503/);
  const prompt = newPrompt();
  const { images } = await make(page, prompt, { aspectRatio: "1:1", numOutputs: 2, seed: SEED });
  const { keyboard } = page;
  const { composer, viewer } = studio;
  await studio.open();
  await studio.expectPictures(prompt, 2);
  const picture = studio.pictures(prompt).first();
  const title = (place: number) =>
    viewer.getByRole("heading", { name: new RegExp(`^Picture ${place} of 2`) });
  const details = viewer.getByRole("complementary");
  const open = async () => {
    await picture.press("Enter");
    await expect(title(1)).toHaveCount(1);
    await expect(viewer.getByRole("button", { name: "Next picture (→)" })).toBeFocused();
  };

  for (const { key, does, shape, seed } of [
    { key: "p", does: "its prompt alone", shape: "3:2", seed: "Random seed, a new one each time" },
    { key: "s", does: "its settings and seed", shape: "1:1", seed: `seed ${SEED}, locked` },
    { key: "r", does: "its settings", shape: "1:1", seed: "Random seed, a new one each time" },
  ]) {
    await test.step(`${key}: ${does}`, async () => {
      await open();
      await keyboard.press(key);
      await expect(viewer).toHaveCount(0);
      await expect(studio.prompt).toBeFocused();
      await expect(studio.prompt).toHaveValue(prompt);
      await expect(composer.getByRole("button", { name: new RegExp(`^Shape: ${shape} `) })).toBeVisible();
      await expect(composer.getByRole("button", { name: seed, exact: true })).toBeVisible();
      await studio.prompt.fill("");
    });
  }

  await test.step("i hides the details; d saves the picture, whether they are there or not", async () => {
    await open();
    await expect(details).toBeVisible();
    for (const count of [0, 1]) {
      await keyboard.press("i");
      await expect(details).toHaveCount(count);
      const download = page.waitForEvent("download");
      await keyboard.press("d");
      expect((await download).suggestedFilename()).toBe(`sunprint-${images[0]?.id}.webp`);
    }
  });

  await test.step("arrows lead to the neighbours, and stay at the end", async () => {
    await keyboard.press("ArrowRight");
    await expect(title(2)).toHaveCount(1);
    await keyboard.press("ArrowRight");
    await expect(title(2)).toHaveCount(1);
    await keyboard.press("ArrowLeft");
    await expect(title(1)).toHaveCount(1);
  });

  await test.step("in a panel over it arrows and letters are the panel's", async () => {
    const change = viewer.getByRole("button", { name: "Change", exact: true });
    await change.press("Enter");
    const panel = page.getByRole("dialog", { name: "Who can see it" });
    await expect(panel.getByRole("radio", { name: /^Only me/ })).toBeFocused();
    await keyboard.press("ArrowRight");
    await expect(panel.getByRole("radio", { name: /^Anyone with the link/ })).toBeChecked();
    await panel.getByLabel("Link expires").press("i");
    await expect(details).toBeVisible();
    await expect(title(1)).toHaveCount(1);
    await keyboard.press("Escape");
    await expect(panel).toHaveCount(0);
    await expect(change).toBeFocused();
  });

  await test.step("a favourite that is not taken is none, and it is said why", async () => {
    await pause(page, "**/api/library/favourite");
    await keyboard.press(".");
    await expect(page.getByText(PAUSE_SENTENCE)).toBeVisible();
    await expect(viewer.getByRole("button", { name: "Favourite" })).toHaveAttribute("aria-pressed", "false");
  });

  await test.step("Esc leads back to the picture, whose focus can be seen on any picture", async () => {
    await keyboard.press("Escape");
    await expect(viewer).toHaveCount(0);
    await expect(picture).toBeFocused();
    await expect(picture).toHaveCSS("outline-color", "rgb(255, 255, 255)");
    await expect(picture).toHaveCSS("outline-style", "solid");
    await expect(picture).toHaveCSS("box-shadow", /0px 0px 0px 4px/);
  });
});

test("beyond the last picture that is on the page lie the older ones", async ({ page, studio, upstream }) => {
  const [oldest, between, newest] = [
    newPrompt("the oldest"),
    newPrompt("cancelled"),
    newPrompt("the newest"),
  ];
  await make(page, oldest);
  await upstream.hold(between);
  for (let count = 0; count < TASK_PAGE_SIZE; count++) {
    await sendAndCancel(page, between);
  }
  await make(page, newest);
  await studio.open();
  await studio.expectPictures(newest, 1);
  await expect(studio.sheets(oldest)).toHaveCount(0);
  await studio.pictures(newest).press("Enter");
  await expect(studio.viewer).toBeVisible();
  await studio.viewer.getByRole("button", { name: "Next picture (→)" }).waitFor();
  await page.keyboard.press("ArrowRight");
  await expect(studio.viewer.getByRole("heading", { name: oldest })).toHaveCount(1);
});

test("on a picture's own page the keys do what they do over the stream", async ({ page, studio }) => {
  const prompt = newPrompt();
  const { images } = await make(page, prompt, { aspectRatio: "1:1", numOutputs: 2, seed: SEED });
  const [first, second] = images.map(({ id }) => `/create/${id}`);
  const { keyboard } = page;
  const picture = (place: number) => page.getByRole("img", { name: new RegExp(`^Picture ${place} of 2`) });
  const favourite = page.getByRole("button", { name: "Favourite" });
  await studio.open(first);
  await expect(picture(1)).toBeVisible();

  await test.step("arrows lead to the picture beside it, which has an address of its own", async () => {
    await pressUntil(page, "ArrowRight", () => expect(picture(2)).toBeVisible({ timeout: 1_000 }));
    await expect(page).toHaveURL(new RegExp(`${second}$`));
    await page.reload();
    await expect(picture(2)).toBeVisible();
    await page.getByRole("button", { name: "Previous picture (←)" }).click();
    await expect(picture(1)).toBeVisible();
  });

  await test.step("a point marks a favourite, i hides the details, d saves the picture", async () => {
    await keyboard.press(".");
    await expect(favourite).toHaveAttribute("aria-pressed", "true");
    await keyboard.press("i");
    await expect(favourite).toHaveCount(0);
    const download = page.waitForEvent("download");
    await keyboard.press("d");
    expect((await download).suggestedFilename()).toBe(`sunprint-${images[0]?.id}.webp`);
    await keyboard.press("i");
    await expect(favourite).toBeVisible();
  });

  await test.step("in a panel over it letters are the panel's", async () => {
    await page.getByRole("button", { name: "Change", exact: true }).press("Enter");
    const panel = page.getByRole("dialog", { name: "Who can see it" });
    await expect(panel.getByRole("radio", { name: /^Only me/ })).toBeFocused();
    await keyboard.press("i");
    await expect(favourite).toBeVisible();
    await keyboard.press("Escape");
    await expect(panel).toHaveCount(0);
  });

  for (const { key, shape, seed } of [
    { key: "p", shape: "3:2", seed: "Random seed, a new one each time" },
    { key: "s", shape: "1:1", seed: `seed ${SEED}, locked` },
    { key: "r", shape: "1:1", seed: "Random seed, a new one each time" },
  ]) {
    await test.step(`${key} leads to the composer`, async () => {
      await studio.open(first);
      await pressUntil(page, key, () => expect(page).toHaveURL(/\/create$/, { timeout: 1_000 }));
      await expect(studio.prompt).toHaveValue(prompt);
      const { composer } = studio;
      await expect(composer.getByRole("button", { name: new RegExp(`^Shape: ${shape} `) })).toBeVisible();
      await expect(composer.getByRole("button", { name: seed, exact: true })).toBeVisible();
    });
  }
});

type Point = { x: number; y: number };

/** A finger goes from one place to another. */
async function stroke(client: CDPSession, from: Point, to: Point): Promise<void> {
  const send = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: Point[]) =>
    client.send("Input.dispatchTouchEvent", { type, touchPoints });
  await send("touchStart", [from]);
  for (const share of [0.25, 0.5, 0.75, 1]) {
    await send("touchMove", [{ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }]);
  }
  await send("touchEnd", []);
}

test("a finger leads to the neighbours by a swipe, and by no other stroke", { tag: "@phone" }, async ({
  page,
  studio,
}) => {
  const prompt = newPrompt();
  await make(page, prompt, { numOutputs: 2 });
  await studio.open();
  await studio.expectPictures(prompt, 2);
  await studio.pictures(prompt).first().tap();
  const title = (place: number) =>
    studio.viewer.getByRole("heading", { name: new RegExp(`^Picture ${place} of 2`) });
  await expect(title(1)).toHaveCount(1);
  // While the picture grows, a finger has nothing to push.
  await page.waitForFunction(() => document.getAnimations().length === 0);
  const client = await page.context().newCDPSession(page);
  await stroke(client, { x: 300, y: 180 }, { x: 100, y: 190 });
  await expect(title(2)).toHaveCount(1);
  // Down with a thumb that strays: there is nothing above to scroll to, and the picture stays.
  await stroke(client, { x: 120, y: 140 }, { x: 220, y: 320 });
  await stroke(client, { x: 120, y: 180 }, { x: 150, y: 180 });
  await expect(title(2)).toHaveCount(1);
  await stroke(client, { x: 100, y: 180 }, { x: 300, y: 170 });
  await expect(title(1)).toHaveCount(1);
});
