import { StudioPage } from "./support/studio-page";
import { expect, newEmail, newPrompt, PASSWORD, test } from "./support/test";

test("a prompt written before there is an account is waiting behind it", async ({ page, language }) => {
  const prompt = newPrompt();
  const studio = new StudioPage(page, language);
  await studio.open("/");
  await studio.prompt.fill(prompt);
  await page.getByRole("link", { name: "Sign up and make 2 · 10 credits" }).click();
  await expect(page).toHaveURL(/\/sign-up\?next=/);
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("E-mail").fill(newEmail());
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/create$/);
  await expect(studio.prompt).toHaveValue(prompt);
  await studio.makeButton.click();
  await studio.expectPictures(prompt, 2);
  await studio.expectBalance(40);
});

test("signing in says what is wrong, and leads back to where one wanted to go", async ({
  page,
  studio,
  expectedNoise,
}) => {
  expectedNoise.push(/status of (401|422)/);
  await studio.open();
  await page.getByRole("button", { name: "Account: Ada" }).click();
  const email = await page.getByRole("dialog").getByText("@example.com").innerText();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).not.toHaveURL(/\/create/);

  await studio.open("/credits");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fcredits/);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("something else entirely");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("E-mail and password don't match.")).toBeVisible();
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/credits$/);
  await expect(page.getByTestId("ledger-sum")).toHaveText("0 + 50 = 50");

  await page.context().clearCookies();
  await studio.open("/sign-up");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("There is already an account with this e-mail.")).toBeVisible();
});

test("no address of another site is followed after signing in", async ({ page }) => {
  await page.goto("/sign-up?next=//example.com/steal");
  await page.getByLabel("E-mail").fill(newEmail());
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/localhost:\d+\/create$/);
});
