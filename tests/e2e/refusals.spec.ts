import type { Page } from "@playwright/test";
import { CreditsResponse } from "@/lib/contracts/credits";
import { PAUSE_SENTENCE, pause } from "./support/pause";
import { expect, newPrompt, test } from "./support/test";
import type { Language } from "./support/words";

type Refusal = {
  status: number;
  reason: string;
  error: string;
  issues?: { path: string; message: string }[];
};

/** Submits of this browser are refused; from then on the account is as the server had found it. */
async function refuse(page: Page, refusal: Refusal, account: object = {}): Promise<void> {
  let isRefused = false;
  const { status, ...envelope } = refusal;
  await page.route("**/api/generate", (route) => {
    isRefused = true;
    return route.fulfill({ status, json: { ...envelope, code: status, requestId: "req_journey" } });
  });
  await page.route("**/api/credits?*", async (route) => {
    const credits = CreditsResponse.parse(await (await route.fetch()).json());
    await route.fulfill({ json: isRefused ? { ...credits, ...account } : credits });
  });
}

const WORDS = {
  en: {
    short: "This costs 10 credits; you have 5.",
    used: /You've used all 5 free ones\. Next on \w+ 1\./,
    seed: "The seed isn't accepted by FLUX schnell. Nothing was charged.",
    other: "Your request was not accepted. Nothing was charged. Support code: _journey",
    whatFits: "What fits",
    redeem: "Redeem a code",
    fix: "Fix it",
    seedPanel: "Seed",
  },
  zh: {
    short: "需要 10 积分，你有 5。",
    used: /本月 5 次免费已用完，\d+月1日 恢复。/,
    seed: "FLUX schnell 不接受这个种子。未扣积分。",
    other: "请求未被接受。未扣积分。客服代码：_journey",
    whatFits: "积分够用的方案",
    redeem: "使用兑换码",
    fix: "去修改",
    seedPanel: "种子",
  },
} as const satisfies Record<Language, object>;

for (const language of ["en", "zh"] as const) {
  test.describe(`a submit that the server refuses says why in the reader's words (${language})`, () => {
    test.use({ language });
    const words = WORDS[language];

    test("not enough credits: what it costs, what there is, what fits, and where to redeem", async ({
      page,
      studio,
      expectedNoise,
    }) => {
      expectedNoise.push(/status of 402/);
      const refusal = { status: 402, reason: "insufficient_credits", error: "There are not enough credits." };
      await refuse(page, refusal, { available: 5 });
      await studio.open();
      await studio.make(newPrompt());
      const notice = studio.composer.getByRole("alert");
      await expect(notice).toContainText(words.short);
      await expect(notice.getByRole("link", { name: words.redeem })).toHaveAttribute("href", /\/credits$/);
      await notice.getByRole("button", { name: words.whatFits }).click();
      await page.getByRole("dialog", { name: words.whatFits }).getByRole("button").first().click();
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await expect(studio.makeButton).toBeVisible();
    });

    test("the free ones are used: how many there were, and when the next come", async ({
      page,
      studio,
      expectedNoise,
    }) => {
      expectedNoise.push(/status of 403/);
      const refusal = { status: 403, reason: "monthly_limit", error: "Free pictures left this month: 0." };
      await refuse(page, refusal, { freeRemaining: 0 });
      await studio.open();
      await studio.choose(studio.words.modelChip, /free|免费/);
      await studio.make(newPrompt());
      const notice = studio.composer.getByRole("alert");
      await expect(notice).toContainText(words.used);
      await notice.getByRole("button", { name: words.whatFits }).click();
      await expect(page.getByRole("dialog", { name: words.whatFits })).toContainText("FLUX schnell ×2");
    });

    test("a setting is not accepted: which one, and the way to it", async ({
      page,
      studio,
      expectedNoise,
    }) => {
      expectedNoise.push(/status of 400/);
      const issues = [{ path: "seed", message: "Too big: expected number to be <=4294967295" }];
      await refuse(page, {
        status: 400,
        reason: "invalid_request",
        error: "The request is not valid.",
        issues,
      });
      await studio.open();
      await studio.make(newPrompt());
      const notice = studio.composer.getByRole("alert");
      await expect(notice).toContainText(words.seed);
      await expect(notice).not.toContainText("Too big");
      await notice.getByRole("button", { name: words.fix }).click();
      await expect(page.getByRole("dialog", { name: words.seedPanel })).toBeVisible();
    });

    test("anything else: that nothing was charged, and a code for support", async ({
      page,
      studio,
      expectedNoise,
    }) => {
      expectedNoise.push(/status of 413/);
      await refuse(page, {
        status: 413,
        reason: "payload_too_large",
        error: "The request is too large.",
      });
      await studio.open();
      await studio.make(newPrompt());
      await expect(studio.composer.getByRole("alert")).toHaveText(words.other);
    });
  });
}

test("what operators have paused is told in their words, wherever it is met", async ({
  page,
  studio,
  expectedNoise,
}) => {
  expectedNoise.push(/status of 503/);
  const prompt = newPrompt();
  await studio.open();
  await studio.make(prompt);
  await studio.expectPictures(prompt, 2);

  await pause(page, "**/api/prompt");
  await studio.prompt.fill("a fox in the snow");
  await page.getByRole("button", { name: "Improve" }).click();
  await expect(studio.composer).toContainText(`${PAUSE_SENTENCE} Your prompt is unchanged.`);

  await pause(page, "**/api/task/gen_*");
  await studio.sheets(prompt).getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(studio.composer).toContainText(`${PAUSE_SENTENCE} Nothing was charged.`);

  await pause(page, "**/api/credits/redeem");
  await studio.open("/credits");
  await page.getByRole("textbox", { name: "Code" }).fill("SUN-2026");
  await page.getByRole("button", { name: "Redeem", exact: true }).click();
  await expect(page.getByText(PAUSE_SENTENCE).first()).toBeVisible();

  await pause(page, "**/api/library/{favourite,share}");
  await studio.open("/library");
  await page.locator("[data-tile]").first().focus();
  await page.keyboard.press(".");
  await expect(page.getByText(PAUSE_SENTENCE).first()).toBeVisible();

  await studio.open("/settings");
  await page.getByRole("button", { name: "Take back all links" }).click();
  await expect(page.getByText(PAUSE_SENTENCE).first()).toBeVisible();
});
