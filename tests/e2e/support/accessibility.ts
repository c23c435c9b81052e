import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Nothing that axe calls serious or critical, contrast included, on the page as it stands. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // What is fading has the contrast of a moment: from here on nothing begins to. What replaces an animation never says
  // that it has finished, so they are asked instead of waited for.
  await page.evaluate(stopFading);
  await expect.poll(() => page.evaluate(countFading), { message: `${what}: what fades` }).toBe(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  await page.evaluate(letFade);
  const serious = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) =>
        `${what}: ${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(" | ")}`,
    );
  expect(serious).toEqual([]);
}

/** Runs in the page: whatever appears or changes does so at once. */
function stopFading(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    "*, ::before, ::after { animation-duration: 0s !important; transition-duration: 0s !important; }",
  );
  document.adoptedStyleSheets.push(sheet);
}

/** Runs in the page: undoes that. */
function letFade(): void {
  document.adoptedStyleSheets.pop();
}

/** Runs in the page: how many animations are under way that will have an end. */
function countFading(): number {
  return document.getAnimations().filter(({ playState, effect }) => {
    const endMs = Number(effect?.getComputedTiming().endTime ?? 0);
    return playState === "running" && Number.isFinite(endMs);
  }).length;
}
