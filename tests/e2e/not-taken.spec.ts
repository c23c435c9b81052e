import { expectAccessible } from "./support/accessibility";
import { readMessages } from "./support/read-messages";
import { expect, newPrompt, test } from "./support/test";

test("what a model does not take stays in sight, says why, and leads to a model that takes it", async ({
  page,
  studio,
}) => {
  await studio.open();
  const style = studio.composer.getByRole("button", { name: /^Style: / });
  const reference = studio.composer.getByRole("button", { name: "Choose a reference picture" });
  const panel = page.getByRole("dialog");

  await test.step("by the keyboard, in its place among the others", async () => {
    await studio.composer.getByRole("button", { name: /^How many: / }).focus();
    await page.keyboard.press("Tab");
    await expect(style).toBeFocused();
    await expect(style).toHaveAttribute("aria-disabled", "true");
    await expect(style).toHaveAttribute("title", "FLUX schnell doesn't take LoRAs.");
    await page.keyboard.press("Tab");
    await expect(reference).toBeFocused();
    await expect(reference).toHaveAttribute("aria-disabled", "true");
    await page.keyboard.press("Enter");
    await expect(panel).toContainText("FLUX schnell takes no reference picture.");
    await expect(panel).toContainText("FLUX dev, FLUX dev LoRA, and FLUX 1.1 pro do.");
    await page.keyboard.press("Escape");
    await expect(panel).toHaveCount(0);
    await expect(reference).toBeFocused();
  });

  await test.step("by the pointer", async () => {
    // Playwright waits for what is not disabled; people press it.
    await style.click({ force: true });
    await expect(panel).toContainText("FLUX schnell doesn't take LoRAs. FLUX dev LoRA does.");
    await panel.getByRole("button", { name: "Use FLUX dev LoRA" }).click();
    await expect(panel).toHaveCount(0);
    await expect(studio.composer.getByRole("button", { name: "Model: FLUX dev LoRA" })).toBeVisible();
    await expect(style).not.toHaveAttribute("aria-disabled");
    await expect(reference).not.toHaveAttribute("aria-disabled");
    await expect(style).toBeFocused();
  });

  await test.step("a style is kept while the model takes none, and is not sent", async () => {
    await style.click();
    await panel.locator("label", { hasText: "Koda" }).click();
    await page.keyboard.press("Escape");
    await expect(style).toHaveText(/^Koda 1/);
    await studio.choose(/^Model: /, /^FLUX schnell 5/);
    await expect(style).toHaveText(/^Koda 1/);
    await expect(style).toHaveAttribute("aria-disabled", "true");
    const prompt = newPrompt();
    await studio.make(prompt);
    await studio.expectPictures(prompt, 2);
    expect((await studio.tasks()).map(({ loraName }) => loraName)).toEqual([null]);
  });
});

for (const language of ["en", "zh"] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });
    const { lora, reference } = readMessages(language).composer;

    test("why a setting does nothing is accessible", async ({ page, studio }) => {
      await studio.open();
      for (const name of [lora.chipNone, reference.add]) {
        await studio.composer.getByRole("button", { name, exact: true }).click({ force: true });
        await expect(page.getByRole("dialog")).toBeVisible();
        await expectAccessible(page, `why not: ${name}`);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toHaveCount(0);
      }
    });
  });
}
