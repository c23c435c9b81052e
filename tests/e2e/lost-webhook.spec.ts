import { signWebhook } from "@/tests/support/sign-webhook";
import { expect, newPrompt, test } from "./support/test";

const { E2E_WEBHOOK_SECRET: secret = "" } = process.env;
/** Over before the first look at it. */
const QUICK = { starting: 100, processing: 400 };

test("a picture whose webhook is lost arrives all the same; the webhook later changes nothing", async ({
  page,
  studio,
  upstream,
}) => {
  const prompt = newPrompt();
  await upstream.pace(prompt, QUICK);
  await upstream.loseWebhooks(prompt);
  await studio.open();
  await studio.make(prompt);
  await studio.expectPictures(prompt, 2);
  const lost = await upstream.webhooksOf(prompt);
  expect(lost.map(({ state }) => state)).not.toContain("delivered");
  const before = { tasks: await studio.tasks(), credits: await studio.credits() };

  expect(lost.length).toBeGreaterThan(0);
  for (const { url, body } of lost) {
    const answer = await fetch(url, { method: "POST", ...signWebhook(body, { secret }) });
    expect(answer.status).toBe(200);
  }
  expect({ tasks: await studio.tasks(), credits: await studio.credits() }).toEqual(before);
  await page.reload();
  await expect(studio.sheets(prompt)).toHaveCount(1);
  await studio.expectPictures(prompt, 2);
});
