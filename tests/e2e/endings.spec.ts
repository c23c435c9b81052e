import postgres from "postgres";
import { GenerateResponse } from "@/lib/contracts/generate";
import { passDeadline } from "./support/pass-deadline";
import { expect, newPrompt, test } from "./support/test";

const { E2E_DATABASE_URL: databaseUrl = "" } = process.env;

const START_CREDITS = 50;
/** What the composer begins with: two pictures of flux-schnell. */
const COUNT = 2;
const PRICE = 10;

/** Its one create was put off, and it waits for the next; before that the create may be on its way. */
async function isBackInLine(id: string): Promise<boolean> {
  const owner = postgres(databaseUrl, { max: 1, fetch_types: false });
  const rows = await owner`select 1 from generations g
    where id = ${id} and state = 'reserved' and exists (select 1 from attempts where generation_id = g.id)`;
  await owner.end();
  return rows.length === 1;
}

test.describe("a picture that does not come costs nothing, and its tile says so", () => {
  for (const { what, error, sentence, retry } of [
    {
      what: "the provider failed",
      error: "CUDA out of memory (E1001)",
      sentence: "The image service could not make this picture.",
      retry: /^Try again · /,
    },
    {
      what: "the model's filter stopped it",
      error: "NSFW content detected. Try running it again, or try a different prompt.",
      sentence: "The model's safety filter stopped the picture. It is sometimes wrong.",
      retry: /^Try a new seed · /,
    },
  ]) {
    test(what, async ({ page, studio, upstream }) => {
      const prompt = newPrompt();
      await upstream.fail(prompt, error);
      await studio.open();
      await studio.make(prompt);
      const sheet = studio.sheets(prompt);
      await expect(sheet).toContainText(sentence);
      await expect(sheet).toContainText("10 credits returned.");
      await studio.expectBalance(START_CREDITS);

      await page.reload();
      await expect(sheet).toContainText(sentence);
      await upstream.calm();
      await sheet.getByRole("button", { name: retry }).click();
      await expect(studio.sheets(prompt)).toHaveCount(2);
      await studio.expectPictures(prompt, COUNT);
      await studio.expectBalance(START_CREDITS - PRICE);

      await page.getByRole("link", { name: /^40 credits/ }).click();
      await expect(page.getByTestId("ledger-sum")).toHaveText("0 + 40 = 40");
      await expect(page.getByRole("row").filter({ hasText: "Held, returned" })).toHaveCount(1);
      const lines = page.getByRole("region", { name: "Ledger" }).getByRole("link", { name: prompt });
      await expect(lines).toHaveCount(3);
      await page.getByRole("link", { name: "Returned", exact: true }).click();
      await expect(lines).toHaveCount(1);
      await expect(page.getByTestId("ledger-sum")).toHaveCount(0);
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "CSV" }).click();
      const text = Buffer.concat(await (await (await download).createReadStream()).toArray()).toString();
      expect(text.split("\r\n").filter((line) => line.includes(prompt))).toEqual([
        expect.stringMatching(/"release",10,/),
      ]);
    });
  }

  test("the model is down: another one that is up makes it, and its price is on the button", async ({
    page,
    studio,
    upstream,
  }) => {
    const prompt = newPrompt();
    await upstream.takeModelAway(prompt);
    await studio.open();
    await studio.choose(/^Model: /, /^FLUX(.*) pro/);
    await studio.make(prompt);
    const sheet = studio.sheets(prompt);
    await expect(sheet).toContainText("The image service didn't answer.");
    await upstream.calm();
    await sheet.getByRole("button", { name: "Use FLUX dev · 10 credits" }).click();
    await studio.expectPictures(prompt, 1);
    await studio.expectBalance(START_CREDITS - PRICE);
    const [made, failed] = await studio.tasks();
    expect([made?.model, failed?.model]).toEqual(["flux-dev", "flux-pro"]);
    await expect(page.getByRole("button", { name: /^Try again/ })).toBeVisible();
  });

  test("the model did not accept a setting: the way leads to it", async ({ page, studio, upstream }) => {
    const prompt = newPrompt();
    await upstream.refuse(prompt, "input.seed");
    await studio.open();
    await studio.make(prompt);
    const sheet = studio.sheets(prompt);
    await expect(sheet).toContainText("The seed isn't accepted by FLUX schnell. 10 credits returned.");
    await expect(sheet.getByRole("button", { name: /^Try again/ })).toHaveCount(0);
    await sheet.getByRole("button", { name: "Fix it" }).click();
    await expect(page.getByRole("dialog", { name: "Seed" })).toBeVisible();
    await expect(studio.prompt).toHaveValue(prompt);
  });

  test("it was made and could not be stored in time: it says that we go on trying", async ({
    studio,
    upstream,
  }) => {
    const prompt = newPrompt();
    await upstream.withholdFiles(prompt);
    await studio.open();
    await studio.make(prompt);
    const sheet = studio.sheets(prompt);
    await expect(sheet).toContainText("Saving");
    const [task] = await studio.tasks();
    await passDeadline(task?.id ?? "");
    await expect(sheet).toContainText(
      "The picture was made but we couldn't store it. 10 credits returned; we are still trying.",
    );
    await studio.expectBalance(START_CREDITS);
  });

  test("somebody cancelled it in line: at once, and nothing was ever sent", async ({
    page,
    studio,
    upstream,
  }) => {
    const prompt = newPrompt();
    await upstream.keepInLine(prompt);
    await studio.open();
    await studio.make(prompt);
    const sheet = studio.sheets(prompt);
    await expect(sheet).toContainText("In line");
    const [waiting] = await studio.tasks();
    await expect.poll(() => isBackInLine(waiting?.id ?? "")).toBe(true);
    await sheet.getByRole("button", { name: "Cancel" }).click();
    await expect(sheet).toContainText("Cancelled. 10 credits returned.");
    await studio.expectBalance(START_CREDITS);
    expect(await upstream.predictionsOf(prompt)).toEqual([]);
    const [task] = await studio.tasks();
    expect(task).toMatchObject({ status: "canceled", cost: PRICE, refunded: PRICE });
    await studio.open(`/credits/receipts/${task?.id}`);
    await expect(page.getByTestId("receipt-paid")).toHaveText("0 credits");
  });

  test("somebody cancelled it while it ran", async ({ page, studio, upstream }) => {
    const prompt = newPrompt();
    await upstream.hold(prompt);
    await studio.open();
    await studio.make(prompt);
    const sheet = studio.sheets(prompt);
    await expect(sheet).toContainText("Making");
    expect(await studio.credits()).toMatchObject({ available: START_CREDITS - PRICE, held: PRICE });
    await sheet.getByRole("button", { name: "Cancel" }).click();
    await expect(sheet).toContainText("Cancelled. 10 credits returned.");
    await studio.expectBalance(START_CREDITS);
    await expect(async () => {
      expect((await upstream.predictionsOf(prompt)).map(({ status }) => status)).toEqual(["canceled"]);
    }).toPass();
    await studio.open("/credits");
    await expect(page.getByTestId("ledger-sum")).toHaveText("0 + 50 = 50");
  });

  test("some of the pictures did not come", async ({ studio, upstream }) => {
    const prompt = newPrompt();
    await upstream.bringTooFew(prompt);
    await studio.open();
    await studio.make(prompt);
    await studio.expectPictures(prompt, 1);
    await expect(studio.sheets(prompt)).toContainText(
      "1 of 2 pictures arrived. 5 credits charged, 5 credits returned.",
    );
    await studio.expectBalance(START_CREDITS - 5);
  });
});

test("a cancel that the picture outran: the pictures are there, and charged as printed", async ({
  page,
  studio,
  upstream,
}) => {
  const prompt = newPrompt();
  await upstream.outrunCancel(prompt);
  await studio.open();
  await studio.make(prompt);
  await expect(studio.sheets(prompt)).toContainText("Making");
  await studio.sheets(prompt).getByRole("button", { name: "Cancel" }).click();
  await studio.expectPictures(prompt, COUNT);
  await expect(studio.sheets(prompt)).toContainText("10 credits");
  await studio.expectBalance(START_CREDITS - PRICE);
  await studio.open("/credits");
  await expect(page.getByTestId("ledger-sum")).toHaveText("0 + 40 = 40");
});

test("a deleted picture is out of sight at once, and its charge stays in the ledger", async ({
  page,
  studio,
}) => {
  const prompt = newPrompt();
  await studio.open();
  await studio.make(prompt);
  await studio.expectPictures(prompt, COUNT);
  const [task] = await studio.tasks();
  await studio.sheets(prompt).getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("dialog")).toContainText(
    "Delete these 2 pictures? They stay in the bin for 30 days.",
  );
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(studio.sheets(prompt)).toHaveCount(0);
  await page.reload();
  await expect(studio.sheets(prompt)).toHaveCount(0);
  expect((await page.request.get(task?.images[0]?.url ?? "/img/none")).status()).toBe(404);
  await studio.expectBalance(START_CREDITS - PRICE);
});

test("a support code stands in one line, on the narrowest tile with the most to do, too", async ({
  page,
  studio,
  upstream,
}) => {
  const prompt = newPrompt();
  await upstream.fail(prompt, "NSFW content detected. Try running it again.");
  const answer = await page.request.post("/api/generate", {
    data: { model: "flux-schnell", inputPrompt: prompt, aspectRatio: "9:21" },
  });
  const { id } = GenerateResponse.parse(await answer.json());
  await studio.open();
  await expect(studio.sheets(prompt)).toHaveAttribute("data-status", "failed");
  await expect(studio.sheets(prompt).getByRole("button", { name: "Ask for a review" })).toBeVisible();
  const lines = await studio
    .sheets(prompt)
    .getByText(id.slice(-8), { exact: true })
    .evaluate((code) => {
      const range = document.createRange();
      range.selectNodeContents(code);
      return range.getClientRects().length;
    });
  expect(lines).toBe(1);
});

test("the narrowest tile that waits says where it is in whole words, with its way out inside", async ({
  page,
  studio,
  upstream,
}) => {
  const prompt = newPrompt();
  await upstream.hold(prompt);
  await page.request.post("/api/generate", {
    data: { model: "flux-schnell", inputPrompt: prompt, aspectRatio: "9:21" },
  });
  await studio.open();
  const frame = studio.sheets(prompt).locator(".frame").first();
  const phase = frame.getByText("Making", { exact: true });
  const heights = await phase.evaluate((text) => ({
    text: text.getBoundingClientRect().height,
    line: Number.parseFloat(getComputedStyle(text).lineHeight),
  }));
  expect(heights.text).toBeLessThan(1.5 * heights.line);
  const cancel = frame.getByRole("button", { name: "Cancel" });
  const [outside, inside] = [await frame.boundingBox(), await cancel.boundingBox()];
  expect((inside?.x ?? 0) + (inside?.width ?? 0)).toBeLessThanOrEqual(
    (outside?.x ?? 0) + (outside?.width ?? 0),
  );
  await cancel.click();
  await expect(studio.sheets(prompt)).toHaveAttribute("data-status", "canceled");
});
