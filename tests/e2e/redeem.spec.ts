import { makeCode } from "./support/make-code";
import { expect, test } from "./support/test";

test("a code is taken in any writing and counts once, pressed twice or with its answer lost; others say that they are none", async ({
  page,
  studio,
  openAnother,
  expectedNoise,
}) => {
  expectedNoise.push(/status of 404/, /ERR_FAILED/);
  const [code, late, used] = await Promise.all([makeCode(50), makeCode(20), makeCode(50)]);
  const stranger = await openAnother();
  const taken = await stranger.request.post("/api/credits/redeem", { data: { code: used } });
  expect(taken.ok()).toBe(true);
  let sent = 0;
  let isLost = false;
  await page.route("**/api/credits/redeem", async (route) => {
    sent += 1;
    if (isLost) {
      await route.fetch();
      await route.abort();
    } else {
      await route.continue();
    }
  });
  await studio.open("/credits");
  const field = page.getByRole("textbox", { name: "Code" });
  const button = page.getByRole("button", { name: "Redeem", exact: true });

  await test.step("small letters and spaces, pressed twice", async () => {
    await field.fill(` ${code.toLowerCase().replaceAll("-", " ")} `);
    await button.dblclick();
    await expect(page.getByRole("main").getByRole("status")).toHaveText(
      "50 credits added. Your balance is 100 credits. This code is now used.",
    );
    expect(sent).toBe(1);
    await expect(field).toHaveValue("");
    await studio.expectBalance(100);
    await expect(page.getByTestId("ledger-sum")).toHaveText("0 + 100 = 100");
    await expect(page.getByRole("row").filter({ hasText: "Redeemed a code" })).toHaveCount(1);
  });

  await test.step("again by the same person", async () => {
    await field.fill(code);
    await field.press("Enter");
    await expect(
      page.getByText(
        "You have already redeemed this code: its 50 credits are yours. Your balance is 100 credits.",
      ),
    ).toBeVisible();
  });

  await test.step("one that somebody else has used, and one that is none, look the same", async () => {
    const sentence = "This code is unknown, used or expired. Check each character.";
    for (const wrong of [used, "ZZZZ-ZZZZ-ZZZZ-ZZZZ"]) {
      await field.fill(wrong);
      const answer = page.waitForResponse("**/api/credits/redeem");
      await button.click();
      await answer;
      await expect(page.getByRole("alert").filter({ hasText: sentence })).toBeVisible();
      await expect(field).toHaveAccessibleDescription(new RegExp(sentence));
      await expect(field).toHaveValue(wrong);
    }
  });

  await test.step("one whose answer was lost", async () => {
    isLost = true;
    await field.fill(late);
    await button.click();
    await expect(
      page.getByText("The server did not answer. Try again; a code never counts twice."),
    ).toBeVisible();
    isLost = false;
    await button.click();
    await expect(
      page.getByText(
        "You have already redeemed this code: its 20 credits are yours. Your balance is 120 credits.",
      ),
    ).toBeVisible();
    await studio.expectBalance(120);
  });
});
