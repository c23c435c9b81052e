import { z } from "zod";
import { GenerateResponse } from "@/lib/contracts/generate";
import { expectAccessible } from "./support/accessibility";
import { loseFirstAnswer } from "./support/lose-first-answer";
import { make, readTask } from "./support/make";
import { makeOperator } from "./support/make-operator";
import { expect, newPrompt, test } from "./support/test";

test("an operator reads the overview, finds a task, cancels one, gives credits once after a lost answer, and finds who got them", async ({
  page,
  studio,
  upstream,
  expectedNoise,
}) => {
  const user = await makeOperator(page);
  const { id } = await make(page, newPrompt());

  await studio.open("/ops");
  await expect(page.getByRole("region", { name: "Targets and measurements" })).toBeVisible();
  await expect(page).toHaveTitle(/^Overview/);
  await expectAccessible(page, "overview");
  await expect(page.getByRole("region", { name: "Submit to picture, model by model" })).toBeVisible();
  const targets = page.getByRole("region", { name: "Targets and measurements" });
  await expect(targets.getByRole("row", { name: "Webhook received to applied" })).toBeVisible();
  for (const figure of ["New in storage", "Submit to picture, slow"]) {
    await expect(targets.getByRole("row", { name: figure }).getByRole("link")).toHaveCount(3);
  }
  await targets.getByRole("row", { name: "Delivered, above 99 %" }).getByRole("link").first().click();
  await expect(page.getByText("Only: Last hour")).toBeVisible();
  await expect(page.getByRole("region", { name: "Tasks" }).getByRole("link", { name: id })).toBeVisible();
  await expectAccessible(page, "the tasks behind a figure");
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(page.getByText("Only: Last hour")).toHaveCount(0);
  for (const place of ["Audit", "Switches", "Users", "Tasks"]) {
    await page.getByRole("navigation", { name: "Operator pages" }).getByRole("link", { name: place }).click();
    await expect(page.getByRole("heading", { level: 1, name: place })).toBeVisible();
    await expectAccessible(page, place);
  }

  await studio.open(`/ops/tasks/${id}`);
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText("Ready");
  await expectAccessible(page, "a task");

  const prompt = newPrompt();
  await upstream.hold(prompt);
  const started = await page.request.post("/api/generate", {
    data: { model: "flux-schnell", inputPrompt: prompt, aspectRatio: "1:1" },
  });
  const live = GenerateResponse.parse(await started.json());
  await studio.open("/ops");
  await expect(page.getByRole("definition").filter({ hasText: "in the last hour" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^(In line|Being sent|Running): \d/ }).first()).toBeVisible();
  await studio.open(`/ops/tasks/${live.id}`);
  await page.getByRole("button", { name: "Check it now" }).click();
  await expect(page.getByText("Done: the next sweep")).toBeVisible();
  const form = page.locator("form").filter({ has: page.getByRole("button", { name: "Cancel the task" }) });
  await form.getByLabel("Reason").fill("Stuck at the provider");
  await page.getByRole("button", { name: "Cancel the task" }).click();
  await expect(async () => expect((await readTask(page, live.id)).status).toBe("canceled")).toPass();
  await studio.open(`/credits/receipts/${live.id}`);
  await expect(page.getByRole("article")).toContainText("We cancelled this one. 5 credits returned.");
  await studio.open("/ops/audit");
  await expect(page.getByText("Stuck at the provider")).toBeVisible();

  await studio.open("/ops/grants");
  await expectAccessible(page, "grants");
  expectedNoise.push(/ERR_FAILED/);
  const bodies = await loseFirstAnswer(page, "**/api/ops/acts");
  const give = page.getByRole("button", { name: "Give credits" });
  await page.getByLabel("E-mail address").fill(user.email);
  await page.getByRole("spinbutton", { name: "Credits" }).fill("30");
  await page.getByLabel("Reason").fill("Sorry about Tuesday");
  await give.click();
  await expect(page.getByText("No answer. Press again")).toBeVisible();
  await page.getByRole("spinbutton", { name: "Credits" }).fill("31");
  await give.click();
  await expect(page.getByText("Done.", { exact: true })).toBeVisible();
  await page.getByLabel("E-mail address").fill(user.email);
  await page.getByRole("spinbutton", { name: "Credits" }).fill("30");
  await page.getByLabel("Reason").fill("Sorry about Tuesday");
  await give.click();
  await expect(page.getByText("This was already done.")).toBeVisible();
  const keys = bodies.map((body) => z.object({ key: z.string() }).parse(body).key);
  expect(keys[2]).toBe(keys[0]);
  expect(keys[1]).not.toBe(keys[0]);

  await studio.open("/ops/users");
  const search = page.getByRole("searchbox", { name: /^Beginning of an e-mail address/ });
  await search.fill("nobody has this name");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByText("begins with “nobody has this name”")).toBeVisible();
  await expectAccessible(page, "nobody was found");
  await search.fill(user.email);
  await search.press("Enter");
  const users = page.getByRole("region", { name: "Users" });
  await expect(users.getByRole("row")).toHaveCount(2);
  await expectAccessible(page, "somebody was found");
  await users.getByRole("link", { name: user.email }).click();
  await expect(page.getByRole("heading", { level: 1, name: user.email })).toBeVisible();
  const gift = page.getByRole("region", { name: "Newest ledger lines" }).getByRole("row", { name: "+30" });
  await expect(gift).toContainText("Given");
  await expect(gift).toContainText("Sorry about Tuesday");
  await expectAccessible(page, "a user");
  await page.getByRole("link", { name: "Give credits to this user" }).click();
  await expect(page.getByLabel("E-mail address")).toHaveValue(user.email);
  await page.goBack();
  await page.getByRole("link", { name: id }).first().click();
  await page.getByRole("link", { name: user.id }).click();
  await expect(page.getByRole("heading", { level: 1, name: user.email })).toBeVisible();
});
