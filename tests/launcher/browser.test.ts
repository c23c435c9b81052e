import { chromium } from "@playwright/test";
import { expect, it } from "vitest";
import { BROWSER_ARGS, findBrowser } from "@/scripts/launch/browser.mjs";

/** Draws each character and tells how its picture looks, as text that can be compared. Runs in the browser. */
function drawEach(characters: string[]): string[] {
  return characters.map((character) => {
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    if (!context) {
      return "";
    }
    context.font = "48px sans-serif";
    context.fillText(character, 8, 64);
    return canvas.toDataURL();
  });
}

it("there is a browser, and it shows Latin and Chinese text on a machine without fonts", async () => {
  const { file, env } = await findBrowser();
  const browser = await chromium.launch({
    executablePath: file,
    args: BROWSER_ARGS,
    env: { ...process.env, ...env },
  });
  try {
    const page = await browser.newPage();
    // An unassigned character looks like any character that no font has.
    const [missing, blank, ...pictures] = await page.evaluate(drawEach, [
      "\u{2FE0}",
      " ",
      "S",
      "晒",
      "蓝",
      "曬",
      "藍",
    ]);
    expect(new Set(pictures).size).toBe(5);
    expect(pictures).not.toContain(missing);
    expect(pictures).not.toContain(blank);
  } finally {
    await browser.close();
  }
});
