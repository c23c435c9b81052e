import { passDeadline } from "./support/pass-deadline";
import { expect, newPrompt, test } from "./support/test";

const START_CREDITS = 50;
/** What the composer begins with: two pictures of flux-schnell. */
const PRICE = 10;

/** In English on a desk, in Chinese on a phone: what is read on the way. */
const READERS = [
  {
    language: "en",
    tag: [],
    making: "Making",
    slow: /Slower than usual\. If it isn't here by .+ you get your credits back\./,
    ended: /Not finished by .+, so we stopped it\./,
    money: "10 credits returned.",
    retry: /^Try again · /,
  },
  {
    language: "zh",
    tag: ["@phone"],
    making: "生成中",
    slow: /比平常慢。.+前没有完成，积分会退回。/,
    ended: /超过 .+ 未完成，已停止。\s*退回 10 积分。/,
    money: "退回 10 积分。",
    retry: /^重试 · /,
  },
] as const;

test("a free picture that is slow: it is the picture that comes back, as no credits are held", async ({
  page,
  studio,
  upstream,
}) => {
  const prompt = newPrompt();
  await upstream.hold(prompt);
  await page.clock.install();
  await studio.open();
  await studio.choose(/^Model: /, /free/);
  await studio.make(prompt);
  const sheet = studio.sheets(prompt);
  await expect(sheet).toContainText("Making");
  await page.clock.fastForward("03:00");
  await expect(sheet).toContainText(/If it isn't here by .+ your 2 free pictures come back\./);
  const [task] = await studio.tasks();
  await passDeadline(task?.id ?? "");
  await expect(sheet).toContainText("Your 2 free pictures are back.");
});

for (const { language, tag, ...words } of READERS) {
  test.describe(`a picture that is never answered (${language})`, { tag: [...tag] }, () => {
    test.use({ language });

    test("has a deadline on its tile; when it has passed the credits are back, the tile says so, the ledger sums", async ({
      page,
      studio,
      upstream,
    }) => {
      const prompt = newPrompt();
      await upstream.hold(prompt);
      // The page's clock alone is put forward, to see what somebody reads who waits for minutes.
      await page.clock.install();
      await studio.open();
      await studio.make(prompt);
      const sheet = studio.sheets(prompt);
      await expect(sheet).toContainText(words.making);
      expect(await studio.credits()).toMatchObject({ available: START_CREDITS - PRICE, held: PRICE });
      await page.clock.fastForward("03:00");
      await expect(sheet).toContainText(words.slow);

      const [task] = await studio.tasks();
      await passDeadline(task?.id ?? "");
      await expect(sheet).toHaveAttribute("data-status", "failed");
      await expect(sheet).toContainText(words.ended);
      await expect(sheet).toContainText(words.money);
      await expect(sheet.getByRole("button", { name: words.retry })).toBeVisible();
      await studio.expectBalance(START_CREDITS);
      // The run upstream is told to stop, so that it costs nobody anything.
      await expect(async () => {
        expect((await upstream.predictionsOf(prompt)).map(({ status }) => status)).toEqual(["canceled"]);
      }).toPass();

      await studio.open("/credits");
      await expect(page.getByTestId("ledger-sum")).toHaveText("0 + 50 = 50");
      await studio.open(`/credits/receipts/${task?.id}`);
      await expect(page.getByTestId("receipt-paid")).toHaveText(/^0 /);
    });
  });
}
