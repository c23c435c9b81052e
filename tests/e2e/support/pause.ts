import type { Page } from "@playwright/test";

/** What the operators of these journeys say. */
export const PAUSE_SENTENCE = "We are moving house; back at 15:00 UTC.";

/** What operators have paused answers so, on every route; in this browser alone. */
export async function pause(page: Page, routes: string): Promise<void> {
  await page.route(routes, (route) =>
    route.fulfill({
      status: 503,
      headers: { "retry-after": "60" },
      json: {
        error: PAUSE_SENTENCE,
        code: 503,
        reason: "upstream_unavailable",
        requestId: "req_journey",
        isPaused: true,
      },
    }),
  );
}
