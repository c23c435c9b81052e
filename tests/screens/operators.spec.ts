import { make } from "@/tests/e2e/support/make";
import { makeOperator } from "@/tests/e2e/support/make-operator";
import { expect } from "@/tests/e2e/support/test";
import { asOwner, type WalkScene, walkThrough } from "./walk";

walkThrough("operators", async (scene) => {
  const { page, prompt } = scene;
  const user = await makeOperator(page);
  const { id } = await make(page, prompt("A heron at the weir"));
  await takeOverview(scene, id);
  await takeCodes(scene);
  await takeLedger(scene, { email: user.email, taskId: id });
  await takeWebhooks(scene, id);
});

async function takeOverview({ page, studio, take }: WalkScene, taskId: string): Promise<void> {
  for (const [name, path] of [
    ["overview", "/ops"],
    ["tasks", "/ops/tasks?state=succeeded&hours=24"],
    ["tasks-none", "/ops/tasks?reason=storage_failed"],
    ["task", `/ops/tasks/${taskId}`],
    ["webhooks-of-a-task", `/ops/webhooks?task=${taskId}`],
  ] as const) {
    await studio.open(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await take(name, { isWhole: true });
  }
}

async function takeCodes({ page, studio, take, messages }: WalkScene): Promise<void> {
  const { codes, reason } = messages.ops;
  await studio.open("/ops/codes");
  await take("codes", { isWhole: true });
  const maker = page.locator("form").filter({ has: page.getByRole("button", { name: codes.make }) });
  await maker.getByLabel(codes.amount).fill("40");
  await maker.getByLabel(codes.count).fill("3");
  await maker.getByLabel(reason).fill("Launch party");
  await maker.getByRole("button", { name: codes.make }).click();
  await expect(page.getByRole("textbox", { name: codes.sheet })).toBeVisible();
  await take("codes-made", { isWhole: true });
  const list = page.getByRole("region", { name: codes.list });
  await list.getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1, name: /^cod_/ })).toBeVisible();
  await take("code", { isWhole: true });
}

async function takeLedger(
  { page, studio, take }: WalkScene,
  { email, taskId }: { email: string; taskId: string },
): Promise<void> {
  for (const [name, query] of [
    ["ledger", ""],
    ["ledger-of-a-person", `?${new URLSearchParams({ q: email })}`],
    ["ledger-of-a-task", `?q=${taskId}`],
    ["ledger-nobody", "?q=nobody@example.com"],
    ["ledger-no-entry", "?day=2020-01-01"],
  ] as const) {
    await studio.open(`/ops/ledger${query}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await take(name, { isWhole: true });
  }
}

async function takeWebhooks({ page, studio, take, messages }: WalkScene, taskId: string): Promise<void> {
  await studio.open("/ops/webhooks?state=waiting");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await take("webhooks-waiting", { isWhole: true });
  await asOwner(
    (owner) => owner`update webhook_deliveries set processed_at = now(), outcome = 'dead'
      where token_hash in (select token_hash from attempts where generation_id = ${taskId})`,
  );
  await studio.open("/ops/webhooks");
  await page.locator("summary").first().click();
  await expect(page.getByRole("button", { name: messages.ops.inbox.replay }).first()).toBeVisible();
  await take("webhooks", { isWhole: true });
}
