import { expect, type Locator, type Page } from "@playwright/test";

/** Brings the activity beside the page, by its keys; before the page's script runs nobody hears them. */
export async function openDrawer(page: Page, name: string): Promise<Locator> {
  const drawer = page.getByRole("dialog", { name, exact: true });
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await expect(drawer).toBeVisible({ timeout: 3_000 });
  }).toPass();
  return drawer;
}
