import { expect, newPrompt, test } from "./support/test";

test("a balance that runs low says so once a day, and by a dot all the time", async ({ page, studio }) => {
  const notice = page.getByText("You are running low: 20 credits left.");
  const chip = page.getByRole("banner").getByRole("link", { name: /running low$/ });
  await studio.open();
  await studio.choose(/^Model: /, /^FLUX dev 10/);
  await studio.choose(/^How many: /, /^3$/);
  await expect(chip).toHaveCount(0);
  await studio.make(newPrompt());
  await expect(notice).toBeVisible();
  await expect(chip).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("button", { name: "Dismiss" }).click();

  await page.reload();
  await expect(chip).toBeVisible();
  // By the time another script that comes on use is there, this one would have been.
  await page.getByRole("button", { name: "Account: Ada" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(notice).toHaveCount(0);

  await page.evaluate(() => localStorage.setItem("sunprint.low-told", "Sat Nov 28 2020"));
  await page.reload();
  await expect(notice).toBeVisible();
});
