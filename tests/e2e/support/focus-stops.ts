import { expect, type Page } from "@playwright/test";
import { z } from "zod";

const STOPS_MAX = 80;
const Stop = z.object({ what: z.string(), isMarked: z.boolean(), isSeen: z.boolean() }).nullable();

/** Walks through a page by Tab, once round: each stop is marked, in sight, and not under something else. */
export async function expectStopsSeen(page: Page, where: string): Promise<void> {
  const unseen: string[] = [];
  let count = 0;
  await page.evaluate(() =>
    document.activeElement instanceof HTMLElement ? document.activeElement.blur() : null,
  );
  for (; count < STOPS_MAX; count += 1) {
    await page.keyboard.press("Tab");
    const stop = Stop.parse(await page.evaluate(describeStop));
    if (stop === null) {
      break;
    }
    if (!stop.isMarked || !stop.isSeen) {
      unseen.push(`${stop.what}${stop.isMarked ? "" : ", not marked"}${stop.isSeen ? "" : ", not seen"}`);
    }
  }
  expect(count, `stops of ${where}`).toBeGreaterThan(5);
  expect(unseen, where).toEqual([]);
}

/** Runs in the page: what has the focus; null once the walk has left the page or come round. */
function describeStop(): z.infer<typeof Stop> {
  const stop = document.activeElement;
  if (!(stop instanceof HTMLElement) || stop === document.body || stop.dataset.stopWasSeen) {
    return null;
  }
  stop.dataset.stopWasSeen = "yes";
  // A radio button or a checkbox that is drawn by its label is marked and seen by it.
  const shown = stop.matches("input") ? (stop.closest("label") ?? stop) : stop;
  const isMarked = [stop, shown].some((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== "none" && outlineWidth !== "0px";
  });
  const isField = stop.matches("textarea");
  const box = shown.getBoundingClientRect();
  const at = (x: number, y: number) => {
    const top = document.elementFromPoint(x, y);
    return top !== null && (shown.contains(top) || top.contains(shown));
  };
  const isSeen =
    box.left >= -1 &&
    box.right <= window.innerWidth + 1 &&
    at(box.left + box.width / 2, Math.min(box.top + box.height / 2, window.innerHeight - 1));
  const what = `${stop.tagName.toLowerCase()} ${(stop.getAttribute("aria-label") ?? stop.textContent).trim().slice(0, 40)}`;
  return { what, isMarked: isMarked || isField, isSeen };
}
