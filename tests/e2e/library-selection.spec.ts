import type { Page } from "@playwright/test";
import { make, readTask } from "./support/make";
import { pressUntil } from "./support/press-until";
import { expect, newPrompt, test } from "./support/test";

const WEEK_MS = 7 * 86_400_000;
const MINUTE_MS = 60_000;

const tiles = (page: Page) => page.locator("[data-tile]");

test("several are shared at once by keyboard, for a week; the keyboard stays, and all links are taken back at once", async ({
  browser,
  baseURL,
  page,
  studio,
}) => {
  const { id } = await make(page, newPrompt("a lark"), { aspectRatio: "1:1", numOutputs: 3 });
  const { keyboard } = page;
  const toolbar = page.getByRole("toolbar");
  const panel = page.getByRole("dialog", { name: "Who can see them" });
  const openPanel = () => toolbar.getByRole("button", { name: "Who can see them" }).press("Enter");
  await studio.open("/library");
  await expect(tiles(page)).toHaveCount(3);
  const shown = await tiles(page).evaluateAll((all) => all.map((tile) => tile.getAttribute("data-picture")));

  await tiles(page).first().focus();
  await keyboard.press("Shift+ArrowRight");
  await expect(toolbar).toContainText("2 selected");
  await openPanel();
  await expect(panel.getByRole("radio", { name: /^Only me/ })).toBeFocused();
  await keyboard.press("ArrowDown");
  await expect(panel.getByRole("radio", { name: /^Anyone with the link/ })).toBeChecked();
  await panel.getByRole("checkbox", { name: "Show the prompt, too" }).press("Space");
  await panel.getByLabel("Link expires").selectOption({ label: "in 7 days" });
  await panel.getByRole("button", { name: "Save" }).press("Enter");
  await expect(page.getByText("Changed who can see them.")).toBeVisible();
  await expect(toolbar).toHaveCount(0);
  await expect(tiles(page).nth(1)).toBeFocused();

  const { images } = await readTask(page, id);
  const shared = images.filter((image) => shown.slice(0, 2).includes(image.id));
  expect(shared).toMatchObject([
    { audience: "link", showsPrompt: true },
    { audience: "link", showsPrompt: true },
  ]);
  for (const { shareExpiresAt } of shared) {
    const offMs = Date.parse(shareExpiresAt ?? "") - Date.now() - WEEK_MS;
    expect(Math.abs(offMs)).toBeLessThan(5 * MINUTE_MS);
  }
  expect(images.find((image) => image.id === shown[2])).toMatchObject({ audience: "private" });

  const nobody = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const visit = async (shareId: string | null) => (await nobody.request.get(`/p/${shareId}`)).status();
  for (const { shareId } of shared) {
    expect(await visit(shareId)).toBe(200);
  }
  await keyboard.press("Control+a");
  await expect(toolbar).toContainText("3 selected");
  await openPanel();
  await panel.getByRole("button", { name: "Save" }).press("Enter");
  await expect
    .poll(async () => (await readTask(page, id)).images.map(({ audience }) => audience))
    .toEqual(["private", "private", "private"]);
  for (const { shareId } of shared) {
    expect(await visit(shareId)).toBe(404);
  }
  await nobody.close();
});

test("keys go on from where a box was ticked, and from the tile when the bar of the chosen goes away", async ({
  page,
  studio,
}) => {
  await make(page, newPrompt("a rook"), { aspectRatio: "1:1", numOutputs: 3 });
  const { keyboard } = page;
  const toolbar = page.getByRole("toolbar");
  await studio.open("/library");
  await expect(tiles(page)).toHaveCount(3);

  const box = page.getByRole("checkbox", { name: /^Select: / }).nth(2);
  await tiles(page).nth(2).hover();
  await box.check();
  await expect(toolbar).toContainText("1 selected");
  await box.uncheck();
  await expect(toolbar).toHaveCount(0);
  await keyboard.press(".");
  await expect(tiles(page).nth(2)).toHaveAccessibleName(/, favourite$/);
  await keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(keys).toBeVisible();
  await keyboard.press("Escape");
  await expect(keys).toHaveCount(0);
  await expect(box).toBeFocused();

  const first = tiles(page).first();
  await first.focus();
  await keyboard.press("Space");
  await expect(toolbar).toContainText("1 selected");
  // That it is chosen is told by more than a colour, and that the keyboard is there by a line of its own.
  await expect(page.getByRole("checkbox", { name: /^Select: / }).first()).toBeChecked();
  await expect(first).toHaveCSS("outline-color", "rgb(255, 255, 255)");
  await toolbar.getByRole("button", { name: "Clear selection (Esc)" }).press("Enter");
  await expect(toolbar).toHaveCount(0);
  await expect(first).toBeFocused();
  await keyboard.press("Meta+a");
  await expect(toolbar).toContainText("3 selected");
  await keyboard.press("Escape");
  await expect(toolbar).toHaveCount(0);
  await expect(first).toBeFocused();
});

test("Ctrl and A chooses all wherever the keyboard is, but for a text field, and the keys go on from a tile", async ({
  page,
  studio,
}) => {
  await make(page, newPrompt("a wren"), { aspectRatio: "1:1", numOutputs: 3 });
  const { keyboard } = page;
  const toolbar = page.getByRole("toolbar");
  await studio.open("/library");
  await expect(tiles(page)).toHaveCount(3);

  await page.getByRole("searchbox").focus();
  await keyboard.press("Control+a");
  await expect(toolbar).toHaveCount(0);
  await page.getByRole("heading", { level: 1 }).click();
  await pressUntil(page, "Control+a", () => expect(toolbar).toContainText("3 selected", { timeout: 1_000 }));
  await expect(tiles(page).first()).toBeFocused();
  await keyboard.press("Escape");
  await expect(toolbar).toHaveCount(0);

  await page.getByRole("button", { name: "Favourites only" }).focus();
  await keyboard.press("Control+a");
  await expect(toolbar).toContainText("3 selected");
});

test("what is deleted or marked shows it before the server has answered, and what was true when no answer comes", async ({
  page,
  studio,
  expectedNoise,
}) => {
  expectedNoise.push(/ERR_CONNECTION_RESET/);
  await make(page, newPrompt("a robin"), { aspectRatio: "1:1", numOutputs: 3 });
  await studio.open("/library");
  await expect(tiles(page)).toHaveCount(3);
  await expect(tiles(page).nth(2)).toHaveAccessibleName(/a robin/);
  const cut = Promise.withResolvers<void>();
  // Nor does anybody tell of the pictures afterwards: what is shown then is what was known before.
  await page.route(/\/api\/library\/(bin|favourite|details)$/, async (route) => {
    await cut.promise;
    await route.abort("connectionreset");
  });

  await tiles(page).nth(2).focus();
  await page.keyboard.press(".");
  await expect(tiles(page).nth(2)).toHaveAccessibleName(/, favourite$/);
  await tiles(page).first().focus();
  await page.keyboard.press("Delete");
  await expect(tiles(page)).toHaveCount(2);
  await expect(tiles(page).first()).toBeFocused();

  cut.resolve();
  await expect(tiles(page)).toHaveCount(3);
  await expect(page.getByText("That may not have been saved. Try again.")).toBeVisible();
  await expect(page.getByRole("link", { name: /, favourite$/ })).toHaveCount(0);
});
