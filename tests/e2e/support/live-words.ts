import type { Page } from "@playwright/test";

/** Collects what the live region of this page says from now on, as a screen reader would hear it. */
export async function listenToLiveRegion(page: Page): Promise<() => Promise<string[]>> {
  const heard = await page.getByRole("status").evaluateHandle((region) => {
    const lines: string[] = [];
    new MutationObserver(() => {
      const text = region.textContent.trim();
      if (text !== "") {
        lines.push(text);
      }
    }).observe(region, { childList: true, characterData: true, subtree: true });
    return lines;
  });
  return () => heard.jsonValue();
}
