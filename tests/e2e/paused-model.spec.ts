import postgres from "postgres";
import { ModelsResponse } from "@/lib/contracts/models";
import { expect, newPrompt, test } from "./support/test";

const { E2E_DATABASE_URL: databaseUrl = "" } = process.env;

test("a paused model says why in the picker and on the button, and offers others", async ({
  page,
  studio,
}) => {
  const sql = postgres(databaseUrl, { max: 1, fetch_types: false });
  const pause = (sentence: string) =>
    sql`select pause_model('flux-general', ${sentence}, 'operator:journey')`;
  const why = "The provider is slow; back at 15:00 UTC.";
  try {
    await pause(why);
    await studio.open();
    await studio.prompt.fill(newPrompt());
    await studio.composer.getByRole("button", { name: /^Model: / }).click();
    const choice = page
      .getByRole("dialog")
      .locator("label")
      .filter({ hasText: `Paused: ${why}` });
    await expect(choice).toHaveCount(1);
    await choice.click();
    await page.getByRole("button", { name: /is paused$/ }).click();
    await expect(page.getByRole("dialog")).toContainText(why);
    await page.getByRole("dialog").getByRole("button").first().click();
    await expect(studio.makeButton).toBeVisible();

    await test.step("also to somebody without an account, whose text may be too long, too", async () => {
      await page.context().clearCookies();
      await studio.open("/");
      await studio.prompt.fill(newPrompt());
      await studio.choose(/^Model: /, /^FLUX dev LoRA/);
      await page.getByRole("button", { name: "FLUX dev LoRA is paused" }).click();
      await expect(page.getByRole("dialog")).toContainText(why);
      await page.getByRole("dialog").getByRole("button").first().click();
      await expect(page.getByRole("link", { name: /^Sign up and make / })).toBeVisible();
      await studio.prompt.fill("x".repeat(2_001));
      await page.getByRole("button", { name: "Shorten it by 1" }).click();
      await expect(studio.prompt).toBeFocused();
    });
  } finally {
    await pause("");
    await sql.end();
  }
});

const ALL_PAUSED = {
  en: { button: "FLUX schnell is paused", says: "Making is paused for every model: ", fits: "These fit" },
  zh: { button: "FLUX schnell 已暂停", says: "所有模型都已暂停生成：", fits: "下面这些可以用" },
} as const;

for (const language of ["en", "zh"] as const) {
  test.describe(`while all making is paused (${language})`, () => {
    test.use({ language });

    // The pause is this browser's alone: others on the same server go on making.
    test("the composer says so and why, and offers nothing in its place", async ({
      page,
      studio,
      expectedNoise,
    }) => {
      expectedNoise.push(/status of 503/);
      const words = ALL_PAUSED[language];
      const why = "We are moving house; back at 15:00 UTC.";
      await page.route("**/api/generate", (route) =>
        route.fulfill({
          status: 503,
          json: { error: why, code: 503, reason: "model_paused", requestId: "req_journey" },
        }),
      );
      await page.route("**/api/models", async (route) => {
        const catalogue = ModelsResponse.parse(await (await route.fetch()).json());
        const paused = { state: "paused", pausedReason: why };
        await route.fulfill({
          json: {
            ...catalogue,
            models: catalogue.models.map((model) =>
              model.kind === "image" ? { ...model, ...paused } : model,
            ),
          },
        });
      });
      await studio.open();
      await studio.make(newPrompt());
      await page.getByRole("button", { name: words.button }).click();
      const panel = page.getByRole("dialog", { name: words.button });
      await expect(panel).toHaveText(`${words.says}${why}`);
      await expect(panel.getByRole("button")).toHaveCount(0);
    });
  });
}
