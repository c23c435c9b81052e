import type { Page } from "@playwright/test";
import { GenerateResponse } from "@/lib/contracts/generate";
import { ModelsResponse } from "@/lib/contracts/models";
import { expectAccessible } from "./support/accessibility";
import { holdAnswers } from "./support/hold-answers";
import { make, readTask } from "./support/make";
import { openDrawer } from "./support/open-drawer";
import { passDeadline } from "./support/pass-deadline";
import { expect, newPrompt, test } from "./support/test";
import type { Upstream } from "./support/upstream";

const WHY = "We are moving house; back at 15:00 UTC.";
const PAUSED = {
  status: 503,
  json: { error: WHY, code: 503, reason: "model_paused", requestId: "req_journey" },
};

/** A task whose pictures do not come, asked for over the API. */
async function send(page: Page, inputPrompt: string): Promise<string> {
  const answer = await page.request.post("/api/generate", {
    data: { model: "flux-schnell", inputPrompt, aspectRatio: "3:2" },
  });
  return GenerateResponse.parse(await answer.json()).id;
}

/** The same, once it has failed. */
async function fail(page: Page, upstream: Upstream, prompt: string): Promise<void> {
  await upstream.fail(prompt, "CUDA out of memory (E1001)");
  const id = await send(page, prompt);
  await expect(async () => {
    expect((await readTask(page, id)).status).toBe("failed");
  }).toPass();
  await upstream.calm();
}

test("trying again says that it was sent, and leads from far down to the new sheet", async ({
  page,
  studio,
  upstream,
}) => {
  const prompt = newPrompt();
  await fail(page, upstream, prompt);
  for (let count = 0; count < 3; count++) {
    await make(page, newPrompt("a heron"), { aspectRatio: "1:1" });
  }
  const answer = await holdAnswers(page);
  await studio.open();
  await studio.sheets(prompt).scrollIntoViewIfNeeded();
  await studio
    .sheets(prompt)
    .getByRole("button", { name: /^Try again · / })
    .click();
  await expect(studio.sheets(prompt).last().getByRole("button", { name: "Sent" })).toBeVisible();
  answer();
  await expect(studio.sheets(prompt)).toHaveCount(2);
  const fresh = studio.sheets(prompt).first();
  await expect(fresh).toBeFocused();
  await expect(fresh).toBeInViewport();
  await expect(fresh).toHaveAttribute("data-status", "succeeded");
  await expect(fresh).toBeFocused();
});

test("trying again on the activity page says that it was sent, and leads to the new line", async ({
  page,
  studio,
  upstream,
}) => {
  const prompt = newPrompt();
  await upstream.fail(prompt, "CUDA out of memory (E1001)");
  await studio.open();
  await studio.make(prompt);
  await expect(studio.sheets(prompt)).toHaveAttribute("data-status", "failed");
  await upstream.calm();
  await upstream.hold(prompt);
  const answer = await holdAnswers(page);
  await page.getByRole("link", { name: "Activity" }).first().click();
  // The studio lists the same job, with the same button, until the page has changed.
  await expect(page.getByRole("heading", { name: "Activity", level: 1 })).toBeVisible();
  const line = page.getByRole("listitem").filter({ hasText: prompt });
  await line.getByRole("button", { name: "Try again · 10 credits" }).click();
  await expect(line.getByRole("button", { name: "Sent" })).toBeVisible();
  await expect(line.first()).toContainText("Sending");
  answer();
  await expect(line.first()).toContainText("Making");
  await expect(line.first()).toBeFocused();
});

test("trying again beside the page leads to the new line there, and editing to the composer of the page", async ({
  page,
  studio,
  upstream,
}) => {
  const prompt = newPrompt();
  await fail(page, upstream, prompt);
  await studio.open();
  await expect(studio.sheets(prompt)).toHaveCount(1);
  const drawer = await openDrawer(page, "Activity");
  const line = drawer.getByRole("listitem").filter({ hasText: prompt });
  await line.getByRole("button", { name: /^Try again · / }).click();
  await expect(line).toHaveCount(2);
  await expect(line.first()).toBeFocused();
  await expect(line.first()).toContainText("Ready", { timeout: 60_000 });

  await line.last().getByRole("button", { name: "Edit", exact: true }).click();
  await expect(drawer).toHaveCount(0);
  await expect(page).toHaveURL(/\/create$/);
  await expect(studio.prompt).toHaveValue(prompt);
  await expect(studio.prompt).toBeFocused();
});

test("a press that nobody answered stands on the activity page, and is sent again from there", async ({
  page,
  studio,
  upstream,
  expectedNoise,
}) => {
  expectedNoise.push(/status of 500/);
  const prompt = newPrompt();
  await fail(page, upstream, prompt);
  await page.route("**/api/generate", (route) => route.fulfill({ status: 500, body: "" }), { times: 4 });
  await studio.open("/activity");
  const line = page.getByRole("listitem").filter({ hasText: prompt });
  await line.getByRole("button", { name: /^Try again · / }).click();
  await line.first().getByRole("button", { name: "Send again" }).click();
  await expect(line).toHaveCount(2);
  await expect(line.first()).toContainText("Ready", { timeout: 60_000 });
});

test("what the activity page was refused it says, and nothing of it waits in the studio", async ({
  page,
  studio,
  upstream,
  expectedNoise,
}) => {
  expectedNoise.push(/status of 503/);
  const [failed, waiting] = [newPrompt("fails"), newPrompt("waits")];
  await fail(page, upstream, failed);
  await upstream.hold(waiting);
  await send(page, waiting);
  await page.route("**/api/task/*/cancel", (route) => route.fulfill(PAUSED));
  await page.route("**/api/generate", (route) => route.fulfill(PAUSED));
  await studio.open("/activity");
  const said = page.getByText(WHY);

  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(said).toBeVisible();
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(said).toHaveCount(0);

  await page.getByRole("button", { name: /^Try again · / }).click();
  await expect(said).toBeVisible();
  await expectAccessible(page, "a refusal on the activity page");
  await page.getByRole("link", { name: "Create" }).first().click();
  await expect(studio.prompt).toBeVisible();
  await expect(studio.composer.getByRole("alert")).toHaveCount(0);
});

test("the activity page offers what the stream offers: nothing where the same would be refused again", async ({
  page,
  studio,
  upstream,
  expectedNoise,
}) => {
  expectedNoise.push(/status of 503/);
  const [blocked, failed] = [newPrompt("a forbidden fox"), newPrompt("fails")];
  await upstream.stopBefore(blocked);
  await send(page, blocked);
  await fail(page, upstream, failed);
  await studio.open("/activity");
  const lineOf = (prompt: string) => page.getByRole("listitem").filter({ hasText: prompt });
  await expect(lineOf(blocked).getByRole("button", { name: "Ask for a review" })).toBeVisible();
  await expect(lineOf(blocked).getByRole("button", { name: /^Try/ })).toHaveCount(0);

  await test.step("a model that was paused meanwhile", async () => {
    await page.route("**/api/generate", (route) => route.fulfill(PAUSED));
    await page.route("**/api/models", async (route) => {
      const catalogue = ModelsResponse.parse(await (await route.fetch()).json());
      const models = catalogue.models.map((model) =>
        model.id === "flux-schnell" ? { ...model, state: "paused", pausedReason: WHY } : model,
      );
      await route.fulfill({ json: { ...catalogue, models } });
    });
    await lineOf(failed)
      .getByRole("button", { name: /^Try again · / })
      .click();
    await expect(lineOf(failed).getByRole("button", { name: /^Use FLUX / })).toBeVisible();
    await expect(lineOf(failed).getByRole("button", { name: /^Try/ })).toHaveCount(0);
  });

  await test.step("its settings are edited in the studio", async () => {
    await lineOf(failed).getByRole("button", { name: "Edit", exact: true }).click();
    await expect(page).toHaveURL(/\/create$/);
    await expect(studio.prompt).toHaveValue(failed);
  });
});

for (const place of ["Create", "Activity"]) {
  test(`trying again costs what its button says, also once the price is another one, under ${place}`, async ({
    page,
    studio,
    upstream,
    expectedNoise,
  }) => {
    expectedNoise.push(/status of 409/);
    const prompt = newPrompt();
    await fail(page, upstream, prompt);
    const bodies: unknown[] = [];
    await page.route("**/api/generate", (route) => {
      bodies.push(route.request().postDataJSON());
      const error = { error: "The price has changed.", code: 409, reason: "price_changed" };
      return route.fulfill({ status: 409, json: { ...error, requestId: "req_journey" } });
    });
    await studio.open(`/${place.toLowerCase()}`);
    await page.route("**/api/models", async (route) => {
      const catalogue = ModelsResponse.parse(await (await route.fetch()).json());
      const models = catalogue.models.map((model) =>
        model.id === "flux-schnell" ? { ...model, credits: 7 } : model,
      );
      await route.fulfill({ json: { ...catalogue, models } });
    });
    await page.getByRole("button", { name: "Try again · 5 credits" }).click();
    await expect(page.getByText("The price has changed. Nothing was charged")).toBeVisible();
    await page.getByRole("button", { name: "Try again · 7 credits" }).click();
    await expect.poll(() => bodies).toMatchObject([{ expectedCost: 5 }, { expectedCost: 7 }]);
  });
}

test("pictures that came after their deadline are no failure on the activity page", async ({
  page,
  studio,
  upstream,
}) => {
  const prompt = newPrompt();
  await upstream.outrunCancel(prompt);
  const id = await send(page, prompt);
  await expect(async () => {
    expect((await readTask(page, id)).phase).toBe("making");
  }).toPass();
  await passDeadline(id);
  await expect(async () => {
    expect((await readTask(page, id)).lateAt).not.toBeNull();
  }).toPass();
  await studio.open("/activity");
  const line = page.getByRole("listitem").filter({ hasText: prompt });
  await expect(line).toContainText("Ready");
  await expect(line).toContainText("yours, at no charge");
  await expect(line.getByRole("button")).toHaveCount(0);
});
