import { holdAnswers } from "./support/hold-answers";
import { loseFirstAnswer } from "./support/lose-first-answer";
import { expect, newPrompt, PASSWORD, test } from "./support/test";

test.describe("one wish is one job", () => {
  test("a double click", async ({ studio, upstream }) => {
    const prompt = newPrompt();
    await studio.open();
    await studio.prompt.fill(prompt);
    await studio.makeButton.dblclick();
    await studio.expectPictures(prompt, 2);
    expect(await studio.tasks()).toHaveLength(1);
    expect(await upstream.predictionsOf(prompt)).toHaveLength(1);
  });

  test("the button and the keyboard at the same moment", async ({ studio }) => {
    const prompt = newPrompt();
    await studio.open();
    await studio.prompt.fill(prompt);
    // The page has read what was written, so it hears keys.
    await expect(studio.makeButton).toBeVisible();
    await studio.prompt.press("Control+Enter");
    await studio.prompt.press("Control+Enter");
    await studio.expectPictures(prompt, 2);
    expect(await studio.tasks()).toHaveLength(1);
  });

  test("a request whose answer was lost and that is sent again", async ({
    page,
    studio,
    expectedNoise,
    upstream,
  }) => {
    expectedNoise.push(/ERR_FAILED.*\/api\/generate/);
    const prompt = newPrompt();
    const bodies = await loseFirstAnswer(page, "**/api/generate");
    await studio.open();
    await studio.make(prompt);
    await studio.expectPictures(prompt, 2);
    await expect(studio.sheets(prompt)).toHaveCount(1);
    expect(bodies).toHaveLength(2);
    expect(await studio.tasks()).toHaveLength(1);
    expect(await upstream.predictionsOf(prompt)).toHaveLength(1);
  });

  test("a request whose answer was lost, and that is sent again after signing in anew", async ({
    page,
    studio,
    expectedNoise,
    upstream,
  }) => {
    expectedNoise.push(/ERR_FAILED.*\/api\/generate/, /status of 401/);
    const prompt = newPrompt();
    await studio.open();
    await page.getByRole("button", { name: "Account: Ada" }).click();
    const email = await page.getByRole("dialog").getByText("@example.com").innerText();
    await page.keyboard.press("Escape");
    await page.route(
      "**/api/generate",
      async (route) => {
        await route.fetch();
        await page.context().clearCookies();
        await route.abort();
      },
      { times: 1 },
    );
    await studio.make(prompt);
    await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/create$/);
    await page.getByRole("button", { name: "Send again" }).click();
    await studio.expectPictures(prompt, 2);
    await studio.expectBalance(40);
    expect(await studio.tasks()).toHaveLength(1);
    expect(await upstream.predictionsOf(prompt)).toHaveLength(1);
  });

  for (const place of ["Create", "Activity"]) {
    test(`a double click on trying again, under ${place}`, async ({ page, studio, upstream }) => {
      const prompt = newPrompt();
      await upstream.fail(prompt, "CUDA out of memory (E1001)");
      await studio.open();
      await studio.make(prompt);
      await expect(studio.sheets(prompt)).toHaveAttribute("data-status", "failed");
      await upstream.calm();
      await page.getByRole("link", { name: place, exact: true }).first().click();
      await expect(page).toHaveURL(new RegExp(`/${place.toLowerCase()}$`));
      await page.getByRole("button", { name: "Try again · 10 credits" }).dblclick();
      await studio.open();
      await studio.expectPictures(prompt, 2);
      expect(await studio.tasks()).toHaveLength(2);
      expect(await upstream.predictionsOf(prompt)).toHaveLength(2);
    });
  }

  test("a double click on another model", async ({ page, studio, upstream }) => {
    const prompt = newPrompt();
    await upstream.takeModelAway(prompt);
    await studio.open();
    await studio.choose(/^Model: /, /^FLUX(.*) pro/);
    await studio.make(prompt);
    await expect(studio.sheets(prompt)).toHaveAttribute("data-status", "failed");
    await upstream.calm();
    await page.getByRole("button", { name: "Use FLUX dev · 10 credits" }).dblclick();
    await studio.expectPictures(prompt, 1);
    expect(await studio.tasks()).toHaveLength(2);
  });

  test("the next wish is sent while the answer to the last one is out, and each has a sheet", async ({
    page,
    studio,
  }) => {
    const [first, second] = [newPrompt("first"), newPrompt("second")];
    const answer = await holdAnswers(page);
    await studio.open();
    await studio.make(first);
    await studio.make(second);
    for (const prompt of [first, second]) {
      await expect(studio.sheets(prompt)).toHaveAttribute("data-status", "sending");
    }
    answer();
    await studio.expectPictures(first, 2);
    await studio.expectPictures(second, 2);
    expect((await studio.tasks()).map(({ prompt }) => prompt).sort()).toEqual([first, second].sort());
  });

  test("two presses one after the other are two wishes", async ({ studio }) => {
    const prompt = newPrompt();
    await studio.open();
    await studio.make(prompt);
    await expect(studio.prompt).toHaveValue("");
    await studio.make(prompt);
    await expect(studio.sheets(prompt)).toHaveCount(2);
    await studio.expectPictures(prompt, 4);
  });
});
