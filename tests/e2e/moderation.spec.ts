import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./support/accessibility";
import { make, readTask } from "./support/make";
import { makeOperator } from "./support/make-operator";
import { pressUntil } from "./support/press-until";
import { expect, newPrompt, test } from "./support/test";

const PLACES_MAX = 60;

/** Goes to the top of the list and down to one of its cards: other journeys' pictures wait there, too. */
async function goTo(page: Page, card: Locator): Promise<void> {
  await expect(card).toBeVisible();
  const top = page
    .getByRole("main")
    .getByRole("listitem")
    .filter({ has: page.locator("dl") })
    .first();
  for (let place = 0; place < PLACES_MAX && (await top.getAttribute("aria-current")) === null; place++) {
    await page.keyboard.press("k");
  }
  for (let place = 0; place < PLACES_MAX && (await card.getAttribute("aria-current")) === null; place++) {
    await page.keyboard.press("j");
  }
  await expect(card).toHaveAttribute("aria-current", "true");
}

test("somebody asks for a review of a stopped picture, an operator decides by the keyboard, and the card says so", async ({
  page,
  studio,
  upstream,
}) => {
  const prompt = newPrompt("a marble figure");
  const noZoo = newPrompt("A fox of a real zoo");
  const welcome = newPrompt("A statue is welcome");
  await upstream.fail(prompt, "NSFW content detected. Try running it again, or try a different prompt.");
  await studio.open();
  await studio.make(prompt);
  const sheet = studio.sheets(prompt);
  await expect(sheet.getByRole("link", { name: "Read the rules" })).toHaveAttribute("href", "/rules");
  await sheet.getByRole("button", { name: "Ask for a review" }).click();
  const dialog = page.getByRole("dialog", { name: "Ask for a review" });
  await dialog.getByRole("textbox").fill("It is a statue in a museum.");
  await expectAccessible(page, "asking for a review");
  await dialog.getByRole("button", { name: "Send" }).click();
  await expect(sheet.getByText(/^Received on .+\. A person will review it\./)).toBeFocused();
  await page.reload();
  await expect(sheet).toContainText("A person will review it.");
  await expect(sheet.getByRole("button", { name: "Ask for a review" })).toHaveCount(0);
  await expectAccessible(page, "asked for a review");
  const [stopped] = await studio.tasks();

  const { id, images } = await make(page, newPrompt("a public fox"), { numOutputs: 2 });
  await page.request.post("/api/library/share", {
    data: { images: images.map((image) => image.id), audience: "public", showsPrompt: true },
  });
  await makeOperator(page);
  await studio.open("/ops/moderation");
  await expect(page).toHaveTitle(/^Moderation/);
  await expect(
    page
      .getByRole("navigation", { name: "Operator pages" })
      .getByRole("link", { name: /^Moderation.*waiting/ }),
  ).toBeVisible();
  const first = page.locator(`#picture-${images[0]?.id}`);
  const second = page.locator(`#picture-${images[1]?.id}`);
  const appeal = page.locator(`#appeal-${stopped?.id}`);
  await pressUntil(page, "b", () =>
    expect(first.getByRole("img")).toHaveCSS("filter", /blur/, { timeout: 1_000 }),
  );
  await expectAccessible(page, "what waits, blurred");

  await goTo(page, first);
  await page.keyboard.press("a");
  await expect(page.getByText("Approved: it is in Explore.")).toBeVisible();
  await expect(first).toHaveCount(0);
  await expect(second).toBeVisible();

  await goTo(page, second);
  await page.keyboard.press("x");
  await expect(second.getByLabel("Reason")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(second).toBeFocused();
  await page.keyboard.press("x");
  await page.keyboard.type(noZoo);
  await expectAccessible(page, "a reason is asked for");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Turned down.", { exact: true })).toBeVisible();
  await expect(second).toHaveCount(0);

  await expect(appeal).toContainText("It is a statue in a museum.");
  await goTo(page, appeal);
  await page.keyboard.press("a");
  await page.keyboard.type(welcome);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Allowed.", { exact: true })).toBeVisible();
  await expect(appeal).toHaveCount(0);
  await studio.open("/ops/audit");
  for (const reason of [noZoo, welcome]) {
    await expect(page.getByText(reason)).toBeVisible();
  }

  await studio.open();
  await expect(sheet).toContainText(`It is allowed: ${welcome}`);
  const reviewed = await readTask(page, id);
  expect(reviewed.images.map(({ reviewState }) => reviewState)).toEqual(["approved", "rejected"]);
  await studio.open(`/create/${images[1]?.id}`);
  await expect(page.getByText(`Why: ${noZoo}`)).toBeVisible();
  await page.getByRole("button", { name: "Ask for a review" }).click();
  await dialog.getByRole("textbox").fill("It is not a zoo");
  await dialog.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText(/A person will review it\./)).toBeVisible();
  await expectAccessible(page, "a picture that was turned down");
});

test("a prompt that was stopped before it was sent cost nothing, and the same is not tried again", async ({
  studio,
  upstream,
}) => {
  const prompt = newPrompt("a forbidden fox");
  await upstream.stopBefore(prompt);
  await studio.open();
  await studio.make(prompt);
  const sheet = studio.sheets(prompt);
  await expect(sheet).toContainText("This prompt isn't allowed here. Nothing was charged.");
  // Only what was taken comes back.
  await expect(sheet).not.toContainText("returned");
  await expect(sheet.getByRole("button", { name: "Edit" })).toBeVisible();
  await expect(sheet.getByRole("button", { name: "Ask for a review" })).toBeVisible();
  await expect(sheet.getByRole("button", { name: /^Try/ })).toHaveCount(0);
  await studio.expectBalance(50);
});
