import type { Page } from "@playwright/test";
import postgres from "postgres";
import { z } from "zod";
import { GenerateResponse } from "@/lib/contracts/generate";
import { copyGeneration } from "@/tests/support/many-pictures";
import { expectAccessible } from "./support/accessibility";
import { make, readTask } from "./support/make";
import { expect, newPrompt, test } from "./support/test";

const { E2E_DATABASE_URL: databaseUrl = "" } = process.env;
const TILES_MAX = 60;
const ANSWER_MS_MAX = 150;
const ROUNDS_MAX = 12;
const KEYS = ["ArrowRight", "ArrowDown", " ", "ArrowDown", " ", "Control+a", "Escape"];

const Measured = z.object({ shift: z.number(), slowestMs: z.number() });

/** Runs in the page before anything else: how far things jumped, and how long the slowest press took to be answered. */
function measure(): void {
  const measured = { shift: 0, slowestMs: 0 };
  Object.assign(window, { measured });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value = 0, hadRecentInput = false } = entry as PerformanceEntry & {
        value?: number;
        hadRecentInput?: boolean;
      };
      measured.shift += hadRecentInput ? 0 : value;
    }
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      measured.slowestMs = Math.max(measured.slowestMs, duration);
    }
  }).observe({ type: "event", buffered: true });
}

const tiles = (page: Page) => page.locator("[data-tile]");
const countOf = (page: Page) => page.getByRole("heading", { level: 1 }).locator("~ p");

async function fillLibrary(page: Page, count: number, change: object = {}): Promise<void> {
  const { id } = await make(page, newPrompt("a lighthouse"), change);
  const owner = postgres(databaseUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  await copyGeneration(owner, { id, count });
  const [original] = await owner<{ id: string }[]>`select id from assets where generation_id = ${id}`;
  await owner.end();
  // Copies have rows of their own and no files: they are shown the original's.
  await page.route(/\/img\/img_0000/, (route) =>
    route.continue({
      url: route
        .request()
        .url()
        .replace(/img_0000\w+/, original?.id ?? ""),
    }),
  );
}

test("pictures are found by their words, narrowed by the address, and opened over the library", async ({
  page,
  studio,
}) => {
  const [fox, heron] = [newPrompt("a red fox"), newPrompt("a grey heron")];
  await make(page, fox, { aspectRatio: "16:9" });
  await make(page, heron);
  await studio.open("/library");
  await expect(tiles(page)).toHaveCount(2);
  await expectAccessible(page, "library");

  await page.keyboard.press("/");
  await page.keyboard.type("HERON grey");
  await expect(tiles(page)).toHaveCount(1);
  await expect(page).toHaveURL(/\?q=HERON\+grey$/);
  await page.reload();
  await expect(tiles(page)).toHaveCount(1);

  await tiles(page).first().click();
  await expect(studio.viewer).toContainText(heron);
  await page.keyboard.press("Escape");
  await expect(studio.viewer).toHaveCount(0);
  await expect(page).toHaveURL(/\/library\?q=HERON\+grey$/);
  await expect(tiles(page)).toHaveCount(1);

  await page.getByRole("searchbox").fill("no such words");
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await page.getByRole("button", { name: "the words" }).click();
  await expect(tiles(page)).toHaveCount(2);
});

test("what was deleted comes back by Undo, and from the bin", async ({ page, studio }) => {
  await make(page, newPrompt("a kettle"), { numOutputs: 2 });
  await studio.open("/library");
  await expect(tiles(page)).toHaveCount(2);
  await tiles(page).first().focus();
  await page.keyboard.press("Delete");
  await expect(tiles(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await expect(tiles(page)).toHaveCount(2);

  await tiles(page).first().focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await expect(page.getByRole("heading", { name: "No pictures yet" })).toBeVisible();
  await page.getByText("Bin", { exact: true }).click();
  await expect(tiles(page)).toHaveCount(2);
  await expectAccessible(page, "bin");
  const toolbar = page.getByRole("toolbar");
  await tiles(page).first().click();
  await expect(toolbar).toContainText("1 selected");
  await tiles(page).last().press("Enter");
  await expect(toolbar).toContainText("2 selected");
  await expect(page).toHaveURL(/\/library\?state=bin$/);
  const receipt = await tiles(page).first().getAttribute("href");
  expect(receipt).toMatch(/^\/credits\/receipts\/gen_/);
  expect((await page.request.get(receipt ?? "")).status()).toBe(200);
  await page.keyboard.press("Escape");
  await expect(toolbar).toHaveCount(0);
  await page.keyboard.press("Control+a");
  await page.getByRole("button", { name: "Bring back" }).click();
  await expect(page.getByText("The bin is empty.")).toBeVisible();
  await page.getByText("Pictures", { exact: true }).click();
  await expect(tiles(page)).toHaveCount(2);
});

test.describe("what brought no picture", () => {
  /** A task that failed upstream, made over the API. */
  async function fail(page: Page, inputPrompt: string): Promise<string> {
    const answer = await page.request.post("/api/generate", {
      data: { model: "flux-schnell", inputPrompt, aspectRatio: "3:2" },
    });
    const { id } = GenerateResponse.parse(await answer.json());
    await expect(async () => {
      expect((await readTask(page, id)).status).toBe("failed");
    }).toPass({ timeout: 60_000 });
    return id;
  }

  test("says on its tile why, what came back and its code, opens with all that is known, and leads on", async ({
    page,
    studio,
    upstream,
  }) => {
    const prompt = newPrompt("a lost kite");
    await upstream.fail(prompt, "CUDA out of memory (E1001)");
    const id = await fail(page, prompt);
    await studio.open("/library?state=failed");
    const tile = tiles(page).first();
    await expect(tile).toContainText("The image service could not make this picture.");
    await expect(tile).toContainText("5 credits returned.");
    await expect(tile).toContainText(id.slice(-8));
    await expect(tile).toHaveAttribute("href", `/credits/receipts/${id}`);
    await expectAccessible(page, "what was not made");

    await tile.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    for (const text of [prompt, "5 credits returned.", id.slice(-8), "3:2"]) {
      await expect(dialog).toContainText(text);
    }
    await expect(dialog.getByRole("link", { name: "Receipt" })).toHaveAttribute(
      "href",
      `/credits/receipts/${id}`,
    );
    await expect(dialog.getByRole("button", { name: "Try again · 5 credits" })).toBeVisible();
    await expectAccessible(page, "one that was not made");
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(tile).toBeFocused();

    await tile.click();
    await dialog.getByRole("button", { name: "Edit", exact: true }).click();
    await expect(page).toHaveURL(/\/create$/);
    await expect(studio.prompt).toHaveValue(prompt);
  });

  test("is made again by one key, once however often it is struck, and appears in the studio", async ({
    page,
    studio,
    upstream,
  }) => {
    const prompt = newPrompt("a found kite");
    await upstream.fail(prompt, "CUDA out of memory (E1001)");
    await fail(page, prompt);
    await upstream.calm();
    await studio.open("/library?state=failed");
    await expect(tiles(page).first()).toContainText("5 credits returned.");
    await tiles(page).first().focus();
    await page.keyboard.press("r");
    await page.keyboard.press("r");
    await expect(page).toHaveURL(/\/create$/);
    await studio.expectPictures(prompt, 1);
    await expect(studio.sheets(prompt)).toHaveCount(2);
    await studio.expectBalance(45);
  });
});

test("deleting by key goes on at the next tile, and Undo is a few Tabs away", async ({ page, studio }) => {
  await fillLibrary(page, 5, { aspectRatio: "1:1" });
  await studio.open("/library");
  await expect(tiles(page)).toHaveCount(6);
  const keys = await tiles(page).evaluateAll((all) => all.map((tile) => tile.getAttribute("data-tile")));
  const tile = (place: number) => page.locator(`[data-tile="${keys[place]}"]`);
  await tile(1).focus();
  await page.keyboard.press("Delete");
  await expect(tiles(page)).toHaveCount(5);
  await expect(tile(2)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(tile(3)).toBeFocused();
  // The Undo of the one before stays no longer than that: it would be taken for this one's.
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(undo).toBeVisible();
  await page.route("**/api/library/bin", async (route) => {
    await expect(undo).toBeHidden();
    await route.continue();
  });
  await page.keyboard.press("Delete");
  await expect(tiles(page)).toHaveCount(4);
  await expect(tile(4)).toBeFocused();
  await expect(undo).toBeVisible();
  for (
    let presses = 0;
    presses < 3 && !(await undo.evaluate((it) => it === document.activeElement));
    presses++
  ) {
    await page.keyboard.press("Tab");
  }
  await expect(undo).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(tile(3)).toBeVisible();

  // By the bar, which goes away itself, and at the end of the list, where there is none after it.
  await tile(4).focus();
  await page.keyboard.press(" ");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press(" ");
  await page.getByRole("button", { name: "Delete (Del)" }).press("Enter");
  await expect(tiles(page)).toHaveCount(3);
  await expect(tile(3)).toBeFocused();
});

test("of several that are deleted the favourites stay, and go when that is asked for", async ({
  page,
  studio,
}) => {
  await fillLibrary(page, 5, { aspectRatio: "1:1" });
  await studio.open("/library");
  await expect(tiles(page)).toHaveCount(6);
  const ids = await tiles(page).evaluateAll((all) => all.map((tile) => tile.getAttribute("data-tile")));
  await page.request.post("/api/library/favourite", { data: { images: ids.slice(1, 3), isFavourite: true } });
  await tiles(page).first().focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await expect(page.getByText("4 moved to the bin. 2 favourites kept.")).toBeVisible();
  await expect(tiles(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(tiles(page)).toHaveCount(6);

  await tiles(page).first().focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.getByRole("button", { name: "Delete them, too" }).click();
  await expect(tiles(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(tiles(page)).toHaveCount(2);

  await tiles(page).first().focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await expect(page.getByText("2 favourites kept.", { exact: true })).toBeVisible();
  await expect(tiles(page)).toHaveCount(2);
  // One by itself goes: it was meant.
  await tiles(page).first().focus();
  await page.keyboard.press("Delete");
  await expect(tiles(page)).toHaveCount(1);
});

test("tiles are chosen by box, by range and by keys; favourites by the full stop", async ({
  page,
  studio,
}) => {
  await fillLibrary(page, 11, { aspectRatio: "1:1" });
  await studio.open("/library");
  await expect(tiles(page)).toHaveCount(12);
  const toolbar = page.getByRole("toolbar");

  await tiles(page).nth(0).hover();
  await page.getByRole("checkbox").nth(0).check();
  await tiles(page)
    .nth(4)
    .click({ modifiers: ["Shift"] });
  await expect(toolbar).toContainText("5 selected");
  await page.keyboard.press("Escape");
  await expect(toolbar).toHaveCount(0);

  const first = await tiles(page).nth(0).boundingBox();
  const third = await tiles(page).nth(2).boundingBox();
  await page.mouse.move((first?.x ?? 0) + 80, (first?.y ?? 0) + 80);
  await page.mouse.down();
  await page.mouse.move((third?.x ?? 0) + 80, (third?.y ?? 0) + 120, { steps: 5 });
  await page.mouse.up();
  await expect(toolbar).toContainText("3 selected");
  await expect(studio.viewer).toHaveCount(0);

  await page.keyboard.press("Escape");
  await tiles(page).nth(0).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press(".");
  await expect(page.getByRole("link", { name: /favourite/ })).toHaveCount(1);
  await page.getByRole("button", { name: "Favourites only" }).click();
  await expect(tiles(page)).toHaveCount(1);
});

test("a ZIP holds the chosen pictures, whole, and a list of what they are", async ({ page, studio }) => {
  const prompt = newPrompt("a moth");
  await make(page, prompt, { numOutputs: 2 });
  await studio.open("/library");
  await expect(tiles(page)).toHaveCount(2);
  await tiles(page).first().focus();
  await page.keyboard.press("Control+a");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download as ZIP" }).click();
  const stream = await (await download).createReadStream();
  const bytes = Buffer.concat(await stream.toArray());
  const names = bytes.toString("latin1").match(/a-moth-plate-\w+-img_\w+\.webp/g) ?? [];
  expect(new Set(names).size).toBe(2);
  expect(bytes.includes("manifest.json")).toBe(true);
  expect(bytes.includes(JSON.stringify(prompt))).toBe(true);
  expect(bytes.includes("trainedAlgorithmicMedia")).toBe(true);
});

test("two thousand pictures: a drag to the middle, few tiles, nothing jumps, and quick answers @measured", async ({
  page,
  studio,
}) => {
  test.setTimeout(360_000);
  await fillLibrary(page, 2_000, { aspectRatio: "2:3" });
  await page.addInitScript(measure);
  await studio.open("/library");
  await expect(countOf(page)).toHaveText("2,001 pictures");
  const length = await page.evaluate(() => document.documentElement.scrollHeight);
  for (const share of [0.5, 0.9, 0.25, 0.5]) {
    await page.evaluate((to) => window.scrollTo(0, to), length * share);
    await expect(tiles(page).first()).toBeVisible();
    expect(await tiles(page).count()).toBeLessThanOrEqual(TILES_MAX);
  }
  await expect(tiles(page).nth(10)).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(length);
  await tiles(page).nth(12).focus();
  /**
   * Each key's quickest answer of at most twelve: what else the machine does can only make an answer slower, so the
   * quickest is the page's own time. The slowest key is what counts; once every key was within the bound, it is settled.
   */
  const quickestMs = KEYS.map(() => Number.POSITIVE_INFINITY);
  let shift = 0;
  for (let round = 0; round < ROUNDS_MAX && quickestMs.some((ms) => ms > ANSWER_MS_MAX); round += 1) {
    for (const [place, key] of KEYS.entries()) {
      await page.evaluate("window.measured.slowestMs = 0");
      await page.keyboard.press(key);
      // Each key is one interaction: the next hand comes down when the answer can be seen.
      await page.evaluate(
        () => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))),
      );
      // Answers within a frame are not reported at all; slower ones are by then.
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
      const measured = Measured.parse(await page.evaluate("window.measured"));
      quickestMs[place] = Math.min(quickestMs[place] ?? measured.slowestMs, measured.slowestMs);
      shift = measured.shift;
    }
  }
  const seen = { shift, slowestMs: Math.max(...quickestMs) };
  test.info().annotations.push({ type: "measured", description: JSON.stringify(seen) });
  expect(seen.shift).toBeLessThanOrEqual(0.02);
  expect(seen.slowestMs).toBeLessThanOrEqual(ANSWER_MS_MAX);
});

test("a page of twenty-four tiles weighs less than 0.4 MB, and none is an original", async ({
  page,
  studio,
}) => {
  await make(page, newPrompt("a stair"), { numOutputs: 4 });
  const sizes: number[] = [];
  page.on("response", (response) => {
    const { pathname, searchParams } = new URL(response.url());
    if (pathname.startsWith("/img/")) {
      expect(searchParams.get("w")).toMatch(/^(320|480|640)$/);
      void response.body().then((body) => sizes.push(body.length));
    }
  });
  await studio.open("/library");
  await expect(tiles(page)).toHaveCount(4);
  await expect.poll(() => sizes.length).toBe(4);
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  test.info().annotations.push({ type: "measured", description: `${Math.round(mean)} bytes a tile` });
  expect(mean * 24).toBeLessThan(400_000);
});
