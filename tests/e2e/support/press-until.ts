import { expect, type Page } from "@playwright/test";

/** Presses a key, and again if need be: before a page's script runs nobody hears it. `isHeard` shows that somebody did. */
export async function pressUntil(page: Page, key: string, isHeard: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await isHeard();
  }).toPass();
}
