import type { Page } from "@playwright/test";
import postgres from "postgres";
import { expectAccessible } from "./support/accessibility";
import { loseFirstAnswer } from "./support/lose-first-answer";
import { make } from "./support/make";
import { makeOperator } from "./support/make-operator";
import { expect, newPrompt, test } from "./support/test";

const { E2E_DATABASE_URL: databaseUrl = "" } = process.env;

/** As if the webhooks that came for a generation had been given up. */
async function giveUp(generationId: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, fetch_types: false });
  await sql`update webhook_deliveries set processed_at = now(), outcome = 'dead'
    where token_hash in (select token_hash from attempts where generation_id = ${generationId})`;
  await sql.end();
}

/** On a phone the page is not wider than the screen: tables scroll by themselves. */
async function expectToFitAPhone(page: Page, look = async () => {}): Promise<void> {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await look();
  await page.setViewportSize(size ?? { width: 1440, height: 900 });
}

test("an operator makes codes once after a lost answer, sees them once, and switches one off that was redeemed", async ({
  page,
  studio,
  openAnother,
  expectedNoise,
}) => {
  const user = await makeOperator(page);
  const note = newPrompt("Launch party");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await studio.open("/ops/codes");
  await expect(page).toHaveTitle(/^Codes/);
  await expectAccessible(page, "codes");

  expectedNoise.push(/ERR_FAILED/);
  const bodies = await loseFirstAnswer(page, "**/api/ops/acts");
  const maker = page.locator("form").filter({ has: page.getByRole("button", { name: "Make codes" }) });
  await maker.getByLabel("Credits for each person").fill("40");
  await maker.getByLabel("How many codes").fill("2");
  await maker.getByLabel("People who may redeem each").fill("2");
  await maker.getByLabel("Last day (UTC)").fill("2099-12-31");
  await maker.getByLabel("Reason").fill(note);
  await maker.getByRole("button", { name: "Make codes" }).click();
  await expect(maker.getByText("No answer. Press again")).toBeVisible();
  await maker.getByRole("button", { name: "Make codes" }).click();
  await expect(maker.getByText("This is the only time they are shown")).toBeVisible();
  const sheet = page.getByRole("textbox", { name: "New codes" });
  const codes = (await sheet.inputValue()).split("\n");
  expect(codes).toHaveLength(2);
  expect(bodies[1]).toEqual(bodies[0]);
  expect(bodies[1]).toMatchObject({ expiresAt: "2100-01-01T00:00:00.000Z" });
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(page.getByText("Copied.", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(codes.join("\n"));
  const list = page.getByRole("region", { name: "Codes, newest first" });
  const ours = list.getByRole("row").filter({ hasText: note });
  await expect(ours).toHaveCount(2);
  await expect(ours.first()).toContainText("0 of 2");
  await expect(ours.first()).toContainText("Open");
  await expectAccessible(page, "codes that were made");

  const [code = ""] = codes;
  const redeemed = await page.request.post("/api/credits/redeem", { data: { code } });
  expect(redeemed.ok()).toBe(true);
  const ender = page.locator("form").filter({ has: page.getByLabel("The code, or its id") });
  await ender.getByLabel("The code, or its id").fill(code);
  await ender.getByLabel("Reason").fill(`Posted in public: ${note}`);
  await ender.getByRole("button", { name: "Switch it off" }).click();
  await expect(ender.getByText("Done.", { exact: true })).toBeVisible();
  const other = await openAnother();
  const refused = await other.request.post("/api/credits/redeem", { data: { code } });
  expect(refused.status()).toBe(404);

  await page.reload();
  await expect(sheet).toHaveCount(0);
  const off = ours.filter({ hasText: "Switched off" });
  await expect(off).toHaveCount(1);
  await expect(off).toContainText("1 of 2");
  await off.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: /^cod_/ })).toBeVisible();
  await expect(page.getByText(`Posted in public: ${note}`)).toBeVisible();
  await expect(page.getByRole("region", { name: "Newest redemptions" })).toContainText(user.id);
  await expect(page.getByRole("button", { name: "Switch it off" })).toHaveCount(0);
  await expectAccessible(page, "a code");

  await studio.open("/ops/codes");
  await expectToFitAPhone(page);
});

test("an operator finds what moved for a person and for a task in the ledger", async ({ page, studio }) => {
  const user = await makeOperator(page);
  const { id } = await make(page, newPrompt());
  await studio.open("/ops/ledger");
  await expect(page).toHaveTitle(/^Ledger/);
  await expect(page.getByText("Check of recent movements")).toBeVisible();
  await expectAccessible(page, "the ledger of all");
  await expectToFitAPhone(page);

  const search = page.getByRole("searchbox", { name: "An e-mail address, a user's id or a task's id" });
  const entries = page.getByRole("region", { name: "Ledger", exact: true });
  await search.fill("nobody@example.com");
  await search.press("Enter");
  await expect(page.getByText("Nobody has the e-mail address “nobody@example.com”.")).toBeVisible();
  await search.fill(user.email);
  await page.getByRole("combobox", { name: "Line" }).selectOption("grant");
  await page.getByRole("button", { name: "Find" }).click();
  // The head, and the gift for signing up.
  await expect(entries.getByRole("row")).toHaveCount(2);
  await expect(entries.getByRole("row").last()).toContainText("+50");
  await expect(entries.getByRole("row").last()).toContainText("Available");

  await search.fill(id);
  await page.getByRole("combobox", { name: "Line" }).selectOption("");
  await page.getByLabel("Day (UTC)").fill("2020-01-01");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByText("No entry matches.")).toBeVisible();
  await expectAccessible(page, "no entry");
  await page.getByLabel("Day (UTC)").fill("");
  await page.getByRole("button", { name: "Find" }).click();
  const revenue = entries.getByRole("row").filter({ hasText: "Revenue" });
  await expect(revenue).toContainText("Charged");
  await expect(revenue).toContainText("+5");
  await expectAccessible(page, "the ledger of a task");
  await entries.getByRole("link", { name: "Open the receipt" }).first().click();
  await expect(page.getByRole("article")).toBeVisible();
});

test("an operator sees what came by webhook, and has what was given up applied once more", async ({
  page,
  studio,
}) => {
  await makeOperator(page);
  const { id } = await make(page, newPrompt());
  const inbox = page.getByRole("region", { name: "Webhooks" });
  const ours = inbox.getByRole("row").filter({ hasText: id });
  await studio.open("/ops/webhooks?state=applied");
  await expect(async () => {
    await page.reload();
    await expect(ours.first()).toContainText("Applied", { timeout: 1_000 });
  }).toPass();
  await expect(page).toHaveTitle(/^Webhooks/);
  // A line or two of text on a desk, whatever there is to do.
  expect((await ours.first().boundingBox())?.height).toBeLessThanOrEqual(60);
  await ours.first().locator("summary").click();
  await expect(ours.first().getByText('"outputCount"')).toBeVisible();
  await expect(ours.getByRole("button", { name: "Apply again" })).toHaveCount(0);
  await expectAccessible(page, "webhooks that were applied");
  await expectToFitAPhone(page);
  await ours.first().locator("summary").click();

  await giveUp(id);
  await page
    .getByRole("navigation", { name: "Filter by state" })
    .getByRole("link", { name: "Given up" })
    .click();
  await expect(ours.first()).toContainText("Given up after too many attempts");
  await expectAccessible(page, "webhooks that were given up");
  expect((await ours.first().boundingBox())?.height).toBeLessThanOrEqual(60);
  await expectToFitAPhone(page, async () => {
    // Nothing of a card is cut off: the act, too, is on the screen.
    const again = ours.first().getByRole("button", { name: "Apply again" });
    await again.scrollIntoViewIfNeeded();
    await expect(again).toBeInViewport({ ratio: 1 });
    await expect(ours.first().getByRole("link", { name: id })).toBeInViewport({ ratio: 1 });
    await expectAccessible(page, "webhooks that were given up, on a phone");
  });
  await ours.first().getByRole("button", { name: "Apply again" }).click();
  await expect(ours).toHaveCount(0);
  await studio.open("/ops/webhooks?state=ignored");
  await expect(async () => {
    await page.reload();
    await expect(ours.first()).toContainText("the task had ended", { timeout: 1_000 });
  }).toPass();
  await studio.open("/ops/audit");
  await expect(page.getByRole("row").filter({ hasText: id })).toContainText("replay");

  await studio.open(`/ops/tasks/${id}`);
  const line = page.getByRole("region", { name: "Timeline" });
  await expect(line.getByRole("row", { name: "Picture 1 fetched and stored" })).toContainText("image/");
  await expect(line.getByRole("row", { name: "Ledger: Charged" })).toContainText("Revenue +5");
  await expectToFitAPhone(page);
  await line
    .getByRole("link", { name: /^Webhook: / })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Webhooks" })).toBeVisible();
  await expect(page.getByText(`Only: ${id}`)).toBeVisible();
  await expect(ours.first()).toBeVisible();
  await expect(inbox.getByRole("row")).toHaveCount((await ours.count()) + 1);
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(page.getByText(`Only: ${id}`)).toHaveCount(0);
});
