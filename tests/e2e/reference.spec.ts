import type { Page } from "@playwright/test";
import sharp from "sharp";
import { expectAccessible } from "./support/accessibility";
import { PAUSE_SENTENCE, pause } from "./support/pause";
import { expect, newPrompt, test } from "./support/test";

const TITLE = { en: "Reference picture", zh: "参考图" } as const;

const draw = () =>
  sharp({ create: { width: 320, height: 200, channels: 3, background: "#2c6e8f" } })
    .png()
    .toBuffer();

/** Puts a picture onto the composer as the browser does when somebody pastes or drops it. */
async function bring(page: Page, how: "paste" | "drop"): Promise<void> {
  const base64 = (await draw()).toString("base64");
  await page.locator("#prompt").evaluate(
    (field, { data, type }) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], "reference.png", { type: "image/png" }));
      field.dispatchEvent(
        type === "paste"
          ? new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true })
          : new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
    },
    { data: base64, type: how },
  );
}

const thumbnail = (page: Page) =>
  page.locator("form[data-composer]").getByRole("img", { name: "The reference picture" });
const removeButton = (page: Page) => page.getByRole("button", { name: "Remove the reference picture" });

test("a reference picture is chosen, kept over a reload and another model, sent, and tried again with", async ({
  page,
  studio,
  upstream,
}) => {
  const prompt = newPrompt();
  await upstream.fail(prompt, "CUDA out of memory (E1001)");
  await studio.open();
  await studio.choose(/^Model: /, /^FLUX dev 10/);
  await studio.choose(/^How many: /, /^1$/);
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a reference picture" }).click();
  await (await choosing).setFiles({ name: "a.png", mimeType: "image/png", buffer: await draw() });
  await expect(thumbnail(page)).toHaveJSProperty("naturalWidth", 320);
  await page.reload();
  await expect(thumbnail(page)).toHaveJSProperty("naturalWidth", 320);

  await studio.choose(/^Model: /, /^FLUX schnell 5/);
  await expect(studio.composer).toContainText("FLUX schnell takes no reference picture.");
  await expect(studio.composer).toContainText("It is kept here and not sent.");
  await studio.composer.getByRole("button", { name: "Use FLUX dev" }).click();
  await expect(studio.composer).toContainText("New pictures start from it.");

  await studio.make(prompt);
  await expect(studio.sheets(prompt)).toHaveAttribute("data-status", "failed");
  await upstream.calm();
  await studio.sheets(prompt).getByRole("button", { name: "Try again · 10 credits" }).click();
  await studio.expectPictures(prompt, 1);
  const addresses = (await upstream.predictionsOf(prompt)).map(({ input }) => String(input.image));
  expect(addresses).toHaveLength(2);
  for (const address of addresses) {
    expect((await page.request.get(address)).headers()["content-type"]).toBe("image/webp");
  }

  await removeButton(page).click();
  await expect(studio.prompt).toBeFocused();
  await expect(thumbnail(page)).toHaveCount(0);
  await studio.pictures(prompt).click();
  await expect(studio.viewer.getByRole("img", { name: "The picture this one started from" })).toBeVisible();
  await studio.viewer.getByRole("button", { name: studio.words.remix }).click();
  await expect(thumbnail(page)).toHaveJSProperty("naturalWidth", 320);
});

for (const how of ["paste", "drop"] as const) {
  test(`a reference picture comes by ${how}, also while the model takes none`, async ({ page, studio }) => {
    await studio.open();
    await bring(page, how);
    await expect(thumbnail(page)).toHaveJSProperty("naturalWidth", 320);
    await expect(studio.composer).toContainText("FLUX schnell takes no reference picture.");
    await removeButton(page).click();
    await expect(thumbnail(page)).toHaveCount(0);
  });
}

test("what is no picture is told, and nothing is made without it by mistake", async ({
  page,
  studio,
  expectedNoise,
}) => {
  expectedNoise.push(/status of 400/);
  await studio.open();
  await studio.choose(/^Model: /, /^FLUX dev 10/);
  await studio.prompt.fill(newPrompt());
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a reference picture" }).click();
  await (await choosing).setFiles({
    name: "a.png",
    mimeType: "image/png",
    buffer: Buffer.from("no picture"),
  });
  await expect(studio.composer.getByRole("alert")).toContainText("This file can't be used.");
  await page.getByRole("button", { name: "Reference not uploaded" }).click();
  await expect(studio.composer.getByRole("button", { name: "Choose another" })).toBeFocused();
  await removeButton(page).click();
  await expect(studio.makeButton).toBeVisible();
});

test("a picture that does not arrive can be sent again", async ({ page, studio, expectedNoise }) => {
  expectedNoise.push(/ERR_FAILED/);
  await studio.open();
  await page.route("**/api/references", (route) => route.abort());
  await bring(page, "drop");
  await expect(studio.composer.getByRole("alert")).toContainText("The upload did not arrive.");
  await page.unroute("**/api/references");
  await studio.composer.getByRole("button", { name: "Try again" }).click();
  await expect(thumbnail(page)).toHaveJSProperty("naturalWidth", 320);
});

test("while operators have paused all changes no picture is taken, and their sentence says why", async ({
  page,
  studio,
  expectedNoise,
}) => {
  expectedNoise.push(/status of 503/);
  await pause(page, "**/api/references");
  await studio.open();
  await bring(page, "drop");
  const alert = studio.composer.getByRole("alert");
  await expect(alert).toContainText(PAUSE_SENTENCE);
  await expect(alert).not.toContainText("did not arrive");
  await page.unroute("**/api/references");
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(thumbnail(page)).toHaveJSProperty("naturalWidth", 320);
});

test("a picture of one's own is what the next one begins with", async ({ page, studio }) => {
  const prompt = newPrompt();
  await studio.open();
  await studio.make(prompt);
  await studio.expectPictures(prompt, 2);
  await studio.pictures(prompt).first().click();
  await studio.viewer.getByRole("button", { name: "Use as reference" }).click();
  await expect(studio.viewer).toHaveCount(0);
  await expect(thumbnail(page)).toHaveJSProperty("naturalWidth", 1216);
});

for (const language of ["en", "zh"] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test("the reference picture is accessible", async ({ page, studio }) => {
      await studio.open();
      await studio.choose(studio.words.modelChip, /^FLUX dev 10/);
      await bring(page, "paste");
      await expect(studio.composer.getByText(TITLE[language], { exact: true }).last()).toBeVisible();
      await expectAccessible(page, "a reference picture");
    });
  });
}
