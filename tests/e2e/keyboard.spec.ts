import { expectAccessible } from "./support/accessibility";
import { listenToLiveRegion } from "./support/live-words";
import { make, sendAndCancel } from "./support/make";
import { pressUntil } from "./support/press-until";
import { tabTo } from "./support/tab-to";
import { expect, newPrompt, test } from "./support/test";

test("without a pointer: make, open, walk, favour, use the settings again, delete, undo", async ({
  page,
  studio,
}) => {
  const prompt = newPrompt();
  const { keyboard } = page;
  await studio.open();

  await test.step("a slash leads to the prompt from anywhere", async () => {
    await pressUntil(page, "/", () => expect(studio.prompt).toBeFocused({ timeout: 1_000 }));
  });

  await test.step("the settings are reached and changed by Tab and arrows", async () => {
    await keyboard.type(prompt);
    await keyboard.press("Tab");
    await expect(studio.composer.getByRole("button", { name: /^Model: / })).toBeFocused();
    await keyboard.press("Tab");
    await expect(studio.composer.getByRole("button", { name: /^Shape: 3:2/ })).toBeFocused();
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await expect(page.getByRole("radio", { name: "2" })).toBeFocused();
    await keyboard.press("ArrowRight");
    await expect(page.getByRole("radio", { name: "3" })).toBeChecked();
    await keyboard.press("Enter");
    await expect(studio.composer.getByRole("button", { name: "How many: 3" })).toBeFocused();
  });

  const heard = await test.step("making it is told once, when it is done", async () => {
    const hear = await listenToLiveRegion(page);
    await keyboard.press("/");
    await keyboard.press("Control+Enter");
    await studio.expectPictures(prompt, 3);
    await expect(studio.liveRegion).toHaveText("3 images ready");
    return hear;
  });

  await test.step("the viewer opens, walks and closes, and focus follows the picture", async () => {
    await tabTo(page, studio.pictures(prompt).nth(0));
    await keyboard.press("Enter");
    await expect(studio.viewer).toBeVisible();
    await expect(page).toHaveURL(/\/create\/img_/);
    await expect(studio.viewer.getByRole("button", { name: "Next picture (→)" })).toBeFocused();
    await keyboard.press("ArrowRight");
    await expect(studio.viewer.getByRole("heading", { name: /^Picture 2 of 3/ })).toHaveCount(1);
    await keyboard.press(".");
    await expect(studio.viewer.getByRole("button", { name: "Favourite", pressed: true })).toBeVisible();
    await keyboard.press("Escape");
    await expect(studio.viewer).toHaveCount(0);
    await expect(studio.pictures(prompt).nth(1)).toBeFocused();
    await expect(page).toHaveURL(/\/create$/);
  });

  await test.step("r puts its settings back into the composer", async () => {
    await keyboard.press("Enter");
    await expect(studio.viewer.getByRole("button", { name: "Previous picture (←)" })).toBeFocused();
    await keyboard.press("r");
    await expect(studio.viewer).toHaveCount(0);
    await expect(studio.prompt).toBeFocused();
    await expect(studio.prompt).toHaveValue(prompt);
  });

  await test.step("deleting asks first", async () => {
    await tabTo(page, studio.sheets(prompt).getByRole("button", { name: "More" }));
    await keyboard.press("Enter");
    await tabTo(page, page.getByRole("dialog").getByRole("button", { name: "Delete" }));
    await keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toContainText("Delete these 3 pictures?");
    await tabTo(page, page.getByRole("dialog").getByRole("button", { name: "Delete" }));
    await keyboard.press("Enter");
    await expect(studio.sheets(prompt)).toHaveCount(0);
  });

  await test.step("one key takes it back, but not from within a text field", async () => {
    await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
    // It was the only one, so the focus has gone to the prompt.
    await expect(studio.prompt).toBeFocused();
    await keyboard.press("Control+z");
    await expect(studio.sheets(prompt)).toHaveCount(0);
    await keyboard.press("Escape");
    await keyboard.press("Control+z");
    await studio.expectPictures(prompt, 3);
    await expect(page.getByRole("button", { name: "Undo" })).toHaveCount(0);
  });
  expect(await heard()).toEqual(["3 images ready"]);
});

test("after a deletion focus goes on from the same place, and the deletion can be taken back", async ({
  page,
  studio,
}) => {
  const [older, newer] = [newPrompt("older"), newPrompt("newer")];
  await make(page, older);
  await make(page, newer);
  await studio.open();
  const { keyboard } = page;
  const remove = async (prompt: string) => {
    await tabTo(page, studio.sheets(prompt).getByRole("button", { name: "More" }));
    await keyboard.press("Enter");
    for (let asked = 0; asked < 2; asked++) {
      await tabTo(page, page.getByRole("dialog").getByRole("button", { name: "Delete" }));
      await keyboard.press("Enter");
    }
    await expect(studio.sheets(prompt)).toHaveCount(0);
  };

  await remove(newer);
  await expect(studio.sheets(older)).toBeFocused();

  await test.step("undone, it is back with its pictures", async () => {
    await expect(page.getByRole("button", { name: "Undo" })).toHaveAttribute(
      "aria-keyshortcuts",
      "Control+Z Meta+Z",
    );
    await keyboard.press("Control+z");
    await studio.expectPictures(newer, 1);
    await expect(studio.sheets(newer)).toBeFocused();
    await page.reload();
    await studio.expectPictures(newer, 1);
  });

  await test.step("after the last one focus goes up, and after the only one to the composer", async () => {
    await remove(older);
    await expect(studio.sheets(newer)).toBeFocused();
    await remove(newer);
    await expect(studio.prompt).toBeFocused();
  });
});

test("the first Tab leads over the navigation to the content", async ({ page, studio }) => {
  await studio.open();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("a question mark lists the keys, and gives the focus back; g and a letter lead to a place", async ({
  page,
  studio,
}) => {
  await studio.open();
  await page.keyboard.press("Tab");
  const focused = page.getByRole("link", { name: "Skip to content" });
  await expect(focused).toBeFocused();
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await pressUntil(page, "?", () => expect(keys).toBeVisible({ timeout: 3_000 }));
  await expect(keys).toContainText("Earlier prompts");
  await expect(keys).toContainText("While “Undo” is shown: take it back");
  await expectAccessible(page, "the keys");
  await page.keyboard.press("Escape");
  await expect(keys).toHaveCount(0);
  await expect(focused).toBeFocused();

  await page.keyboard.press("/");
  await page.keyboard.type("g a?");
  await expect(studio.prompt).toHaveValue("g a?");
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await expect(page).toHaveURL(/\/library$/);
});

// What g and a brings beside the page is in activity-drawer.spec.ts.
test("g and a letter lead from place to place", async ({ page, studio }) => {
  await studio.open("/activity");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await pressUntil(page, "?", () => expect(keys).toBeVisible({ timeout: 3_000 }));
  await page.keyboard.press("Escape");
  await expect(keys).toHaveCount(0);
  for (const [letter, place] of [
    ["l", "Library"],
    ["m", "Credits"],
    ["c", "Create"],
  ] as const) {
    await page.keyboard.press("g");
    await page.keyboard.press(letter);
    await expect(page).toHaveURL(new RegExp(`/${place.toLowerCase()}$`));
    const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: place });
    await expect(link).toHaveAttribute("aria-current", "page");
  }
});

test("what is ready while a picture is looked at is told as well, once, and the same news again when it comes again", async ({
  page,
  studio,
}) => {
  const prompt = newPrompt();
  await make(page, prompt);
  await studio.open();
  await studio.expectPictures(prompt, 1);
  await studio.pictures(prompt).click();
  await expect(studio.viewer).toBeVisible();
  const heard = await listenToLiveRegion(page);
  await make(page, newPrompt(), { numOutputs: 2 });
  await expect(studio.liveRegion).toHaveText("2 images ready");
  await page.keyboard.press("Escape");
  await expect(studio.viewer).toHaveCount(0);
  expect(await heard()).toEqual(["2 images ready"]);
  await make(page, newPrompt(), { numOutputs: 2 });
  await expect.poll(heard).toEqual(["2 images ready", "2 images ready"]);
});

test("failures and what they gave back are told once, too", async ({ page, studio, upstream }) => {
  const prompt = newPrompt();
  await upstream.fail(prompt, "CUDA out of memory (E1001)");
  await studio.open();
  const heard = await listenToLiveRegion(page);
  await studio.make(prompt);
  await expect(studio.liveRegion).toHaveText("1 failed, 10 credits returned");
  await page.waitForTimeout(1500);
  expect(await heard()).toEqual(["1 failed, 10 credits returned"]);
});

test("a prompt of more than two lines is unfolded and folded where it names its sheet", async ({
  page,
  studio,
}) => {
  const [long, short] = [
    newPrompt("a very long prompt of many words ".repeat(12).trim()),
    newPrompt("short"),
  ];
  await sendAndCancel(page, short);
  await sendAndCancel(page, long);
  await studio.open();
  const heading = studio.sheets(long).getByRole("heading", { name: long });
  const fold = heading.getByRole("button", { name: long });
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  const folded = (await heading.boundingBox())?.height ?? 0;
  await fold.press("Enter");
  await expect(fold).toHaveAttribute("aria-expanded", "true");
  expect((await heading.boundingBox())?.height).toBeGreaterThan(folded);
  await expectAccessible(page, "a sheet whose prompt is unfolded");
  await fold.press("Enter");
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  expect((await heading.boundingBox())?.height).toBe(folded);
  const other = studio.sheets(short).getByRole("heading", { name: short });
  await expect(other.getByRole("button")).toHaveCount(0);
});
