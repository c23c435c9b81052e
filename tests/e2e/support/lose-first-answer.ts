import type { Page } from "@playwright/test";

/** The first request to an address arrives and its answer is lost; the others are answered. Returns their bodies, as they come. */
export async function loseFirstAnswer(page: Page, address: string): Promise<unknown[]> {
  const bodies: unknown[] = [];
  await page.route(address, async (route) => {
    bodies.push(route.request().postDataJSON());
    if (bodies.length === 1) {
      await route.fetch();
      await route.abort();
    } else {
      await route.continue();
    }
  });
  return bodies;
}
