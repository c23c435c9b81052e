import type { Page } from "@playwright/test";
import { z } from "zod";
import { expectAccessible } from "./support/accessibility";
import { makeOperator } from "./support/make-operator";
import { readLetter } from "./support/read-letter";
import { readMessages } from "./support/read-messages";
import { expect, newEmail, PASSWORD, test } from "./support/test";

const NEW_PASSWORD = "another one that is long enough";

/** Somebody who has an account and is signed out. */
async function joinAndLeave(page: Page): Promise<string> {
  const email = newEmail();
  const data = { name: "Ada", email, password: PASSWORD };
  expect((await page.request.post("/api/auth/sign-up/email", { data })).ok()).toBe(true);
  await page.context().clearCookies();
  return email;
}

for (const language of ["en", "zh"] as const) {
  test.describe(language, () => {
    test.use({ language });
    const { reset, account, resetMail } = readMessages(language);
    const prefix = language === "zh" ? "/zh" : "";

    test("whoever forgot their password asks at the door, gets a letter, and comes in with another", async ({
      page,
    }) => {
      const email = await joinAndLeave(page);
      await page.goto(`${prefix}/sign-in`);
      await page.getByRole("link", { name: reset.forgot }).click();
      await expect(page).toHaveURL(new RegExp(`${prefix}/reset$`));
      await expectAccessible(page, "asking for a link");
      await page.getByLabel(account.email).fill(email);
      await page.getByRole("button", { name: reset.submit }).click();
      await expect(page.getByText(reset.sent.replace("{email}", email))).toBeVisible();
      await expectAccessible(page, "a link is on its way");

      const letter = await readLetter(email);
      expect(letter.subject).toBe(resetMail.subject);
      expect(letter.link).toContain(`${prefix}/reset?token=`);
      await page.goto(letter.link);
      await expect(page.getByRole("heading", { level: 1, name: reset.choose })).toBeVisible();
      await expectAccessible(page, "choosing a password");
      await page.getByLabel(reset.next).fill(NEW_PASSWORD);
      await page.getByRole("button", { name: reset.save }).click();
      await expect(page.getByRole("heading", { level: 1, name: reset.saved })).toBeVisible();
      await expectAccessible(page, "a new password");

      await page.getByRole("main").getByRole("link", { name: account.signIn.submit }).click();
      await page.getByLabel(account.email).fill(email);
      await page.getByLabel(account.password).fill(NEW_PASSWORD);
      await page.getByRole("button", { name: account.signIn.submit }).click();
      await expect(page).toHaveURL(new RegExp(`${prefix}/create$`));

      await page.goto(letter.link);
      await expect(page.getByRole("heading", { level: 1, name: reset.over })).toBeVisible();
      await expectAccessible(page, "a link that holds no more");
      await page.getByRole("link", { name: reset.askForAnother }).click();
      await expect(page.getByRole("button", { name: reset.submit })).toBeVisible();
    });
  });
}

test("an address without an account is answered alike, and one may ask again", async ({ page }) => {
  const { reset } = readMessages("en");
  await page.goto("/reset");
  for (const email of [newEmail(), newEmail()]) {
    await page.getByLabel("E-mail").fill(email);
    await page.getByRole("button", { name: reset.submit }).click();
    await expect(page.getByText(reset.sent.replace("{email}", email))).toBeVisible();
    await page.getByRole("button", { name: reset.askAgain }).click();
  }
});

test("a link that was used in another tab meanwhile is said to be over, and the other sessions are", async ({
  page,
  studio,
  expectedNoise,
}) => {
  expectedNoise.push(/status of 400/);
  const { reset } = readMessages("en");
  await studio.open();
  const headers = { origin: new URL(page.url()).origin };
  await page.getByRole("button", { name: "Account: Ada" }).click();
  const email = await page.getByRole("dialog").getByText("@example.com").innerText();
  const asked = await page.request.post("/api/auth/request-password-reset", {
    data: { email, redirectTo: "/reset" },
    headers,
  });
  expect(asked.ok()).toBe(true);
  const { link } = await readLetter(email);
  await page.goto(link);
  const data = { token: new URL(link).searchParams.get("token"), newPassword: NEW_PASSWORD };
  expect((await page.request.post("/api/auth/reset-password", { data, headers })).ok()).toBe(true);
  await page.getByLabel(reset.next).fill(PASSWORD);
  await page.getByRole("button", { name: reset.save }).click();
  await expect(page.getByRole("heading", { level: 1, name: reset.over })).toBeVisible();
  const answer = await page.request.get("/api/auth/get-session?disableCookieCache=true");
  expect(await answer.json()).toBeNull();
});

test("an operator makes a link for somebody whom no letter reaches, once, with the reason in the audit", async ({
  page,
  studio,
  openAnother,
}) => {
  const { ops, reset } = readMessages("en");
  await makeOperator(page);
  const other = await openAnother();
  const answer = await other.request.get("/api/auth/get-session");
  const { user } = z.object({ user: z.object({ id: z.string() }) }).parse(await answer.json());
  const reason = `She called, ticket ${user.id}`;
  await studio.open(`/ops/users/${user.id}`);
  await page.getByLabel(ops.reason).fill(reason);
  await page.getByRole("button", { name: ops.makeResetLink }).click();
  const link = page.getByLabel(ops.link);
  await expect(link).toHaveValue(/\/reset\?token=/);
  await expectAccessible(page, "a link that was made");
  await other.goto(await link.inputValue());
  await other.getByLabel(reset.next).fill(NEW_PASSWORD);
  await other.getByRole("button", { name: reset.save }).click();
  await expect(other.getByRole("heading", { level: 1, name: reset.saved })).toBeVisible();
  await studio.open("/ops/audit");
  await expect(page.getByText(reason)).toBeVisible();
});
