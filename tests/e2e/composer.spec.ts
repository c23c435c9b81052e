import { LORAS } from "@/lib/ai-gateway-utils";
import { GenerateResponse } from "@/lib/contracts/generate";
import { ModelsResponse } from "@/lib/contracts/models";
import { expect, newPrompt, test } from "./support/test";

test("the button says what is in the way, and helps", async ({ page, studio }) => {
  await studio.open();
  await page.getByRole("button", { name: "Write a prompt" }).click();
  await expect(studio.prompt).toBeFocused();

  await studio.prompt.fill("x".repeat(2010));
  await expect(page.getByRole("button", { name: "Shorten it by 10" })).toBeVisible();
  await expect(studio.composer).toContainText("2,010 of 2,000");
  await studio.prompt.fill(newPrompt());

  await studio.choose(/^Model: /, /^FLUX(.*) pro/);
  await studio.choose(/^How many: /, /^1$/);
  await expect(page.getByRole("button", { name: "Make 1 · 20 credits" })).toBeVisible();
});

test("a model that cannot do it as it was asked says what it does instead, and the way back restores it", async ({
  studio,
}) => {
  const { composer } = studio;
  const note = composer.locator("[aria-live=polite]");
  await studio.open();
  await studio.choose(/^Model: /, /^FLUX dev 10/);
  await studio.choose(/^Shape: /, /^21:9/);
  await studio.choose(/^How many: /, /^3$/);
  await expect(note).toHaveText("");
  await studio.choose(/^Model: /, /^FLUX(.*) pro/);
  await expect(note).toHaveText(
    /^FLUX 1\.1 pro makes one at a time\. FLUX 1\.1 pro has no 21:9; it makes 16:9\. Use FLUX dev$/,
  );
  await expect(composer.getByRole("button", { name: "How many: 1" })).toBeVisible();
  await note.getByRole("button", { name: "Use FLUX dev" }).click();
  await expect(composer.getByRole("button", { name: "Model: FLUX dev" })).toBeVisible();
  await expect(composer.getByRole("button", { name: /^Shape: 21:9 / })).toBeVisible();
  await expect(composer.getByRole("button", { name: "How many: 3" })).toBeVisible();
  await expect(note).toHaveText("");
});

test("the prompt's focus is a line around the composer", async ({ page, studio }) => {
  await studio.open();
  await studio.prompt.focus();
  await expect(studio.composer).toHaveCSS("outline-width", "2px");
  await expect(studio.composer).toHaveCSS("outline-style", "solid");
  await expect(studio.composer).toHaveCSS("outline-offset", "2px");
  await page.keyboard.press("Tab");
  await expect(studio.composer).toHaveCSS("outline-style", "none");
});

test("short of credits, it proposes what fits, and the server takes it", async ({ page, studio }) => {
  await studio.open();
  await studio.choose(/^Model: /, /^FLUX dev 10/);
  await studio.choose(/^How many: /, /^3$/);
  const first = newPrompt();
  await studio.make(first);
  await expect(studio.prompt).toHaveValue("");
  const second = newPrompt();
  await studio.prompt.fill(second);
  await page.getByRole("button", { name: "Need 10 more credits" }).click();
  await expect(page.getByRole("dialog", { name: "What fits" })).toContainText(
    "This costs 30 credits; you have 20.",
  );
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^FLUX dev ×2/ })
    .click();
  await studio.makeButton.click();
  await studio.expectPictures(first, 3);
  await studio.expectPictures(second, 2);
  await studio.expectBalance(0);
  await expect(page.getByRole("banner").getByRole("link", { name: "0 credits, running low" })).toBeVisible();
});

test("short by 5 credits, what fits is all that the server accepts, and not one picture more", async ({
  page,
  studio,
  upstream,
}) => {
  const asked = 3;
  const prompt = newPrompt();
  await upstream.hold(prompt);
  const submit = (model: string, numOutputs: number) =>
    page.request.post("/api/generate", {
      data: { model, inputPrompt: prompt, aspectRatio: "3:2", numOutputs },
    });
  expect((await submit("flux-dev", 4)).ok()).toBe(true);
  await studio.open();
  await studio.prompt.fill(newPrompt());
  await studio.choose(/^How many: /, /^3$/);
  await page.getByRole("button", { name: "Need 5 more credits" }).click();
  const panel = page.getByRole("dialog", { name: "What fits" });
  await expect(panel.getByRole("link", { name: "Redeem a code" })).toBeVisible();
  const listed = await panel.getByRole("list").getByRole("button").allInnerTexts();

  const { models } = ModelsResponse.parse(await (await page.request.get("/api/models")).json());
  const made = models.filter((model) => model.kind === "image");
  const counts = made.map(({ title }) => {
    const line = listed.find((text) => text.startsWith(`${title} ×`));
    return Number(line?.slice(title.length + 2).match(/^\d+/)?.[0] ?? 0);
  });
  expect(listed).toHaveLength(counts.filter((count) => count > 0).length);
  expect(Object.fromEntries(made.map(({ id }, place) => [id, counts[place]]))).toEqual({
    "flux-pro": 0,
    "flux-dev": 1,
    "flux-schnell": 2,
    "flux-general": 1,
    "flux-freeSchnell": 3,
  });
  for (const [place, { id, numOutputsMax }] of made.entries()) {
    const count = counts[place] ?? 0;
    if (count < Math.min(asked, numOutputsMax)) {
      expect((await submit(id, count + 1)).status(), `${count + 1} of ${id}`).toBe(402);
    }
    if (count > 0) {
      const answer = await submit(id, count);
      expect(answer.status(), `${count} of ${id}`).toBe(200);
      const started = GenerateResponse.parse(await answer.json());
      await page.request.post(`/api/task/${started.id}/cancel`);
      await expect(async () => expect(await studio.credits()).toMatchObject({ available: 10 })).toPass();
    }
  }
});

test("new pictures are for whom the settings say, and an exception is one", async ({ page, studio }) => {
  const [kept, shown] = [newPrompt("kept"), newPrompt("shown")];
  const chip = studio.composer.getByRole("button", { name: /^Who can see it: / });
  await studio.open("/settings");
  await page
    .getByRole("group", { name: "Who sees new pictures" })
    .locator("label", { hasText: "Anyone with the link" })
    .click();
  await studio.open();
  await expect(chip).toHaveText("Anyone with the link");
  await studio.choose(/^Who can see it: /, /^Only me/);
  await studio.make(kept);
  await expect(studio.prompt).toHaveValue("");
  await expect(chip).toHaveText("Anyone with the link");
  await page.reload();
  await expect(chip).toHaveText("Anyone with the link");
  await studio.make(shown);
  await expect(studio.prompt).toHaveValue("");
  const audiences = (await studio.tasks()).map(({ prompt, audience }) => [prompt, audience]);
  expect(audiences).toEqual([
    [shown, "link"],
    [kept, "private"],
  ]);
});

test("a failed picture in a style is tried again in that style", async ({ page, studio, upstream }) => {
  const prompt = newPrompt();
  await upstream.fail(prompt, "CUDA out of memory (E1001)");
  await studio.open();
  await studio.choose(/^Model: /, /^FLUX dev LoRA/);
  await studio.choose(/^How many: /, /^1$/);
  await studio.composer.getByRole("button", { name: /^Style: / }).click();
  await page.getByRole("dialog").locator("label", { hasText: "Koda" }).click();
  await page.keyboard.press("Escape");
  await studio.make(prompt);
  await expect(studio.sheets(prompt)).toHaveAttribute("data-status", "failed");
  await upstream.calm();
  await studio.sheets(prompt).getByRole("button", { name: "Try again · 10 credits" }).click();
  await studio.expectPictures(prompt, 1);
  const styles = (await upstream.predictionsOf(prompt)).map(({ input }) => input.lora_weights);
  expect(styles).toEqual([LORAS.koda.weights, LORAS.koda.weights]);
  await studio.pictures(prompt).click();
  await expect(studio.viewer).toContainText("koda 1");
});

test("a draft outlives a reload, and a text that was sent can be brought back", async ({ page, studio }) => {
  const prompt = newPrompt();
  await studio.open();
  await studio.prompt.fill(prompt);
  // The page has read what was written: what nobody has read, nobody keeps.
  await expect(studio.makeButton).toBeVisible();
  await page.reload();
  await expect(studio.prompt).toHaveValue(prompt);
  await studio.makeButton.click();
  await expect(studio.prompt).toHaveValue("");
  await studio.prompt.press("Control+z");
  await expect(studio.prompt).toHaveValue(prompt);
});

test("a submit that fails keeps the prompt and says so", async ({ page, studio, expectedNoise }) => {
  expectedNoise.push(/status of 503/);
  const prompt = newPrompt();
  await page.route("**/api/generate", (route) =>
    route.fulfill({
      status: 503,
      json: { error: "Not now.", code: 503, reason: "upstream_unavailable", requestId: "req_journey" },
    }),
  );
  await studio.open();
  await studio.make(prompt);
  await expect(studio.composer.getByRole("alert")).toContainText("Nothing was charged.");
  await expect(studio.prompt).toHaveValue(prompt);
  await expect(studio.sheets(prompt)).toHaveCount(0);
});

test("a press that nobody answers keeps a place for each picture, and is sent again", async ({
  page,
  studio,
  expectedNoise,
}) => {
  expectedNoise.push(/ERR_FAILED/);
  const prompt = newPrompt();
  await page.route("**/api/generate", (route) => route.abort());
  await studio.open();
  await studio.make(prompt);
  await expect(studio.sheets(prompt)).toHaveAttribute("data-status", "unanswered", { timeout: 120_000 });
  await expect(studio.sheets(prompt).locator(".frame")).toHaveCount(2);
  await page.unroute("**/api/generate");
  await studio.sheets(prompt).getByRole("button", { name: "Send again" }).click();
  await studio.expectPictures(prompt, 2);
});

test("improving proposes, and the own text stays until it is replaced", async ({ page, studio }) => {
  await studio.open();
  await studio.prompt.fill("a fox in the snow");
  await page.getByRole("button", { name: "Improve" }).click();
  const use = page.getByRole("button", { name: "Use this", exact: true });
  await expect(use).toBeEnabled();
  await expect(studio.prompt).toHaveValue("a fox in the snow");
  await use.click();
  await expect(studio.prompt).not.toHaveValue("a fox in the snow");
  await page.getByRole("button", { name: "Bring it back" }).click();
  await expect(studio.prompt).toHaveValue("a fox in the snow");
});

test("a proposal that was used is sent, and what was written before it stays beside it", async ({
  page,
  studio,
  upstream,
}) => {
  const prompt = newPrompt();
  await studio.open();
  await studio.prompt.fill(prompt);
  await page.getByRole("button", { name: "Improve" }).click();
  await page.getByRole("button", { name: "Use this", exact: true }).click();
  await expect(studio.prompt).not.toHaveValue(prompt);
  const proposal = await studio.prompt.inputValue();
  await page.reload();
  await expect(studio.prompt).toHaveValue(proposal);
  await studio.makeButton.click();
  await studio.expectPictures(prompt, 2);
  expect(await studio.tasks()).toMatchObject([
    { prompt, executedPrompt: proposal, promptChange: "improved" },
  ]);
  expect(await upstream.predictionsOf(proposal)).toHaveLength(1);

  await studio.pictures(prompt).first().click();
  await expect(studio.viewer).toContainText(`Written${prompt}`);
  await expect(studio.viewer).toContainText(`Sent, improved${proposal}`);
  await page.keyboard.press("Escape");
  await expect(studio.viewer).toHaveCount(0);
  await studio.prompt.fill("something else");
  await studio.prompt.press("Alt+ArrowUp");
  await expect(studio.prompt).toHaveValue(proposal);
  await studio.prompt.press("Alt+ArrowDown");
  await expect(studio.prompt).toHaveValue("something else");

  await studio.sheets(prompt).getByRole("button", { name: "Use these settings" }).click();
  await expect(studio.prompt).toHaveValue(proposal);
  await studio.prompt.press("End");
  await studio.prompt.pressSequentially(" at night");
  const edited = await studio.prompt.inputValue();
  await studio.makeButton.click();
  await expect(studio.prompt).toHaveValue("");
  expect((await studio.tasks())[0]).toMatchObject({
    prompt,
    executedPrompt: edited,
    promptChange: "edited",
  });
});

test("a failed picture of a proposal is tried again with both its texts", async ({
  page,
  studio,
  upstream,
}) => {
  const [prompt, sent] = [newPrompt("狐狸"), newPrompt("a red fox")];
  await upstream.fail(sent, "CUDA out of memory (E1001)");
  const data = { model: "flux-schnell", inputPrompt: sent, writtenPrompt: prompt, aspectRatio: "3:2" };
  expect((await page.request.post("/api/generate", { data })).ok()).toBe(true);
  await studio.open();
  await expect(studio.sheets(prompt)).toHaveAttribute("data-status", "failed");
  await upstream.calm();
  await studio.sheets(prompt).getByRole("button", { name: "Try again · 5 credits" }).click();
  await studio.expectPictures(prompt, 1);
  const texts = { prompt, executedPrompt: sent, promptChange: "improved" };
  expect(await studio.tasks()).toMatchObject([texts, texts]);
  expect(await upstream.predictionsOf(sent)).toHaveLength(2);
});

test("a text that is typed over a proposal is one's own, until that is undone", async ({ page, studio }) => {
  const [prompt, other] = [newPrompt(), newPrompt("a hare")];
  await studio.open();
  await studio.prompt.fill(prompt);
  await page.getByRole("button", { name: "Improve" }).click();
  await page.getByRole("button", { name: "Use this", exact: true }).click();
  await expect(studio.prompt).not.toHaveValue(prompt);
  const proposal = await studio.prompt.inputValue();
  await studio.prompt.press("Control+a");
  await page.keyboard.type("x");
  await expect(studio.prompt).toHaveValue("x");
  await studio.prompt.press("Control+z");
  await expect(studio.prompt).toHaveValue(proposal);
  await studio.makeButton.click();
  await expect(studio.prompt).toHaveValue("");
  expect((await studio.tasks())[0]).toMatchObject({ prompt, promptChange: "improved" });

  await studio.prompt.press("Control+z");
  await expect(studio.prompt).toHaveValue(proposal);
  await studio.prompt.press("Control+a");
  await page.keyboard.type(other);
  await studio.makeButton.click();
  await expect(studio.prompt).toHaveValue("");
  expect((await studio.tasks())[0]).toMatchObject({
    prompt: other,
    executedPrompt: null,
    promptChange: "none",
  });
});

test("what is written in markup is shown as it was written", async ({ studio }) => {
  const prompt = newPrompt('<img src=x onerror="alert(1)"> & "quotes" {braces}');
  await studio.open();
  await studio.make(prompt);
  await studio.expectPictures(prompt, 2);
});
