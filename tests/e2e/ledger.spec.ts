import type { Page } from "@playwright/test";
import postgres from "postgres";
import { z } from "zod";
import { expectAccessible } from "./support/accessibility";
import { make } from "./support/make";
import { expect, newPrompt, test } from "./support/test";

const { E2E_DATABASE_URL: databaseUrl = "" } = process.env;
const Session = z.object({ user: z.object({ id: z.string() }) });

/** What an operator gives somebody and takes back, with a word about each. */
async function giveAndTakeBack(page: Page): Promise<void> {
  const answer = await page.request.get("/api/auth/get-session");
  const { user } = Session.parse(await answer.json());
  const owner = postgres(databaseUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  await owner`select grant_credits(${user.id}, 30, ${user.id}, 'operator:test', 'Sorry about Tuesday')`;
  await owner`select claw_back_credits(${user.id}, 5, ${user.id}, 'operator:test', 'Given twice by mistake')`;
  await owner.end();
}

test("the ledger shows the picture, and says in the operator's words why credits came and went", async ({
  page,
  studio,
}) => {
  const prompt = newPrompt("a ledger heron");
  const { images } = await make(page, prompt);
  await giveAndTakeBack(page);
  await studio.open("/credits");
  const row = (text: string) => page.getByRole("row").filter({ hasText: text });
  await expect(row(prompt).locator("img")).toHaveAttribute("src", `/img/${images[0]?.id}?w=320`);
  await expect(row("Credits received")).toContainText("Sorry about Tuesday");
  await expect(row("Credits taken back")).toContainText("Given twice by mistake");
  await expect(row("Credits taken back")).toContainText("−5");
  await expectAccessible(page, "a ledger with words");
});

test("on a phone each line says what was left after it", { tag: "@phone" }, async ({ page, studio }) => {
  await giveAndTakeBack(page);
  await studio.open("/credits");
  for (const [text, balance] of [
    ["Sorry about Tuesday", "Balance 80"],
    ["Given twice by mistake", "Balance 75"],
  ] as const) {
    const row = page.getByRole("row").filter({ hasText: text });
    await expect(row.getByText(balance, { exact: true })).toBeVisible();
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
