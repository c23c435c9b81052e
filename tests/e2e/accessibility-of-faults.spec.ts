import { expectAccessible } from "./support/accessibility";
import { make } from "./support/make";
import { passDeadline } from "./support/pass-deadline";
import { readMessages } from "./support/read-messages";
import { expect, newPrompt, test } from "./support/test";

const UNAVAILABLE = {
  status: 503,
  json: { error: "Not now.", code: 503, reason: "upstream_unavailable", requestId: "req_journey" },
};

for (const { language, colorScheme } of [
  { language: "en", colorScheme: "light" },
  { language: "zh", colorScheme: "dark" },
] as const) {
  test.describe(`what goes wrong is accessible (${language}, ${colorScheme})`, () => {
    test.use({ language, colorScheme });
    const messages = readMessages(language);

    test("a refused press, a late picture, a missing one, and their receipts", async ({
      page,
      studio,
      upstream,
      expectedNoise,
    }) => {
      expectedNoise.push(/status of 503/);
      const [late, partly] = [newPrompt(), newPrompt()];
      await upstream.outrunCancel(late);
      await upstream.bringTooFew(partly);
      await studio.open();
      await studio.make(late);
      await expect(studio.sheets(late)).toContainText(messages.sheet.phase.making);
      const [task] = await studio.tasks();
      await passDeadline(task?.id ?? "");
      const { id } = await make(page, partly, { numOutputs: 2 });
      await studio.expectPictures(late, 2);
      await studio.expectPictures(partly, 1);
      await page.route("**/api/generate", (route) => route.fulfill(UNAVAILABLE));
      await studio.make(newPrompt());
      await expect(studio.composer.getByRole("alert")).toBeVisible();
      await expectAccessible(page, "a notice, a late picture, a missing one");
      for (const taskId of [id, task?.id]) {
        await studio.open(`/credits/receipts/${taskId}`);
        await expect(page.getByTestId("receipt-paid")).toBeVisible();
        await expectAccessible(page, "a receipt");
      }
    });

    test("a library that is empty, has no match, cannot be read, or is nobody's any more", async ({
      page,
      studio,
      expectedNoise,
    }) => {
      expectedNoise.push(/status of (401|503)/);
      const { library, shell } = messages;
      await studio.open("/library");
      await expect(page.getByRole("heading", { name: library.empty.title })).toBeVisible();
      await expectAccessible(page, "an empty library");
      await page.getByRole("searchbox").fill("no such words");
      await expect(page.getByRole("heading", { name: library.noMatch })).toBeVisible();
      await expectAccessible(page, "a library without a match");
      await page.route("**/api/library?*", (route) => route.fulfill(UNAVAILABLE));
      await page.getByRole("searchbox").fill("other words");
      await expect(page.getByText(library.error)).toBeVisible();
      await expectAccessible(page, "a library that cannot be read");
      await page.unroute("**/api/library?*");
      await page.context().clearCookies();
      await page.getByRole("button", { name: library.retry }).click();
      await expect(page.getByText(shell.signedOut)).toBeVisible();
      await expectAccessible(page, "signed out");
    });

    test("a code that is none, an account on its way out, the status and the rules", async ({
      page,
      studio,
      expectedNoise,
    }) => {
      expectedNoise.push(/status of 404/);
      const { redeem } = messages.credits;
      const { data } = messages.settings;
      await studio.open("/credits");
      await page.getByRole("textbox", { name: redeem.label }).fill("NOT-A-CODE");
      await page.getByRole("button", { name: redeem.submit }).click();
      await expect(page.getByText(redeem.invalid)).toBeVisible();
      await expectAccessible(page, "a code that is none");
      await studio.open("/settings");
      await page.getByRole("button", { name: data.erase }).click();
      await expectAccessible(page, "whether to leave");
      await page.getByRole("button", { name: data.eraseSure }).click();
      await expect(page.getByRole("button", { name: data.keep })).toBeVisible();
      await expectAccessible(page, "leaving");
      for (const path of ["/status", "/rules"]) {
        await studio.open(path);
        await expectAccessible(page, path);
      }
    });
  });
}
