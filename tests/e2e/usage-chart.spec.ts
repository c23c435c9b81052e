import { expectAccessible } from "./support/accessibility";
import { make } from "./support/make";
import { readMessages } from "./support/read-messages";
import { expect, newPrompt, test } from "./support/test";

const SUMMARY = {
  en: /^15 credits used, not counting what was returned\. Most on .+: 15 credits\.$/,
  zh: /^扣除退回后共用 15 积分，.+最多：15 积分。$/,
} as const;

for (const language of ["en", "zh"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`in ${language}, ${colorScheme}`, () => {
      test.use({ language, colorScheme });
      const { usage } = readMessages(language);

      test("what was used in thirty days is drawn, said and listed", async ({ page, studio, upstream }) => {
        const failed = newPrompt("fails");
        await studio.open("/credits");
        const chart = page.getByRole("region", { name: usage.title, exact: true });
        await expect(chart).toContainText(usage.none);
        await expect(chart.getByRole("table")).toHaveCount(0);

        await upstream.fail(failed, "CUDA out of memory (E1001)");
        await page.request.post("/api/generate", {
          data: { model: "flux-schnell", inputPrompt: failed, aspectRatio: "3:2" },
        });
        await make(page, newPrompt());
        await make(page, newPrompt(), { numOutputs: 2 });
        await page.reload();
        await expect(chart.getByText(SUMMARY[language])).toBeVisible();
        // A bar a day, used or not.
        await expect(chart.locator("svg g")).toHaveCount(30);
        await chart.getByText(usage.table, { exact: true }).click();
        const table = chart.getByRole("table");
        await expect(table.getByRole("row")).toHaveCount(2);
        await expect(table.getByRole("columnheader", { name: usage.credits })).toBeVisible();
        await expect(table.getByRole("cell", { name: "15", exact: true })).toBeVisible();
        await expectAccessible(page, "the chart of use");
      });
    });
  }
}
