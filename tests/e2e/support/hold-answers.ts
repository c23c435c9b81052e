import type { Page } from "@playwright/test";

/** Jobs that are asked for from here on are answered once the test says so. */
export async function holdAnswers(page: Page): Promise<() => void> {
  let answer = () => {};
  const isAnswered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/api/generate", async (route) => {
    await isAnswered;
    await route.continue();
  });
  return () => answer();
}
