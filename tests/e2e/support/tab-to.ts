import { expect, type Locator, type Page } from "@playwright/test";

/** More than any page of these journeys has stops. */
const STOPS_MAX = 80;

/** Walks on by Tab, as somebody without a pointer does, until something has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}
