import { expect, newPrompt } from "@/tests/e2e/support/test";
import { asOwner, choose, send, type WalkScene, walkThrough } from "./walk";

const PAUSE = "The provider is slow; back at 15:00 UTC.";
const UNAVAILABLE = {
  status: 503,
  json: { error: "Not now.", code: 503, reason: "upstream_unavailable", requestId: "req_screens" },
};
const FOX = "A red fox asleep under the first snow, seen from above, with its breath in the cold air. ";

walkThrough("composer", async (scene) => {
  await takeTexts(scene);
  await takeImproving(scene);
  await takeReference(scene);
  await takePause(scene);
  await takeHistory(scene);
});

async function takeTexts({ page, studio, take }: WalkScene): Promise<void> {
  await studio.open();
  await studio.prompt.fill(FOX.repeat(30).slice(0, 1990));
  await take("near-the-limit");
  await studio.prompt.fill(FOX.repeat(30).slice(0, 2010));
  await take("too-long");
  await studio.prompt.fill("一只红狐在初雪下熟睡");
  await take("chinese");
  await studio.prompt.fill(FOX);
  await page.route("**/api/generate", (route) => route.fulfill(UNAVAILABLE));
  await studio.makeButton.click();
  await studio.prompt.focus();
  await expect(studio.composer.getByRole("alert")).toBeVisible();
  await take("refused");
  await page.unroute("**/api/generate");
}

async function takeImproving({ page, studio, take }: WalkScene): Promise<void> {
  await page.route("**/api/prompt", (route) => route.fulfill(UNAVAILABLE));
  await page.getByRole("button", { name: studio.words.improve, exact: true }).click();
  await expect(studio.composer.getByRole("alert")).toHaveCount(2);
  await take("improve-failed");
  await page.unroute("**/api/prompt");
  await page.reload();
}

async function takeReference({ page, studio, take, messages }: WalkScene): Promise<void> {
  const { reference } = messages.composer;
  const add = async (buffer: Buffer) => {
    await studio.prompt.focus();
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: reference.add }).click();
    await (await choosing).setFiles({ name: "a.png", mimeType: "image/png", buffer });
    await studio.prompt.focus();
  };
  await choose(studio, studio.words.modelChip, /^FLUX dev 10/);
  await add(Buffer.from("no picture"));
  await expect(studio.composer.getByRole("alert")).toBeVisible();
  await take("reference-failed");
  await studio.composer.getByRole("button", { name: reference.remove }).click();
  await add(await page.screenshot());
  await expect(studio.composer.getByRole("img", { name: reference.alt })).not.toHaveJSProperty(
    "naturalWidth",
    0,
  );
  await take("reference");
  await choose(studio, studio.words.modelChip, /^FLUX schnell \d/);
  await studio.prompt.focus();
  await take("reference-not-taken");
  await studio.composer.getByRole("button", { name: reference.remove }).click();
}

async function takePause({ page, studio, take }: WalkScene): Promise<void> {
  const dialog = page.getByRole("dialog");
  const pause = (sentence: string) =>
    asOwner((owner) => owner`select pause_model('flux-general', ${sentence}, 'operator:screens')`);
  await pause(PAUSE);
  try {
    await page.reload();
    await studio.prompt.focus();
    await studio.composer.getByRole("button", { name: studio.words.modelChip }).click();
    await take("paused-model-in-the-picker");
    await dialog.locator("label").filter({ hasText: PAUSE }).click();
    await studio.prompt.focus();
    await studio.composer.getByRole("button").last().click();
    await expect(dialog).toBeVisible();
    await take("paused-model");
    await page.keyboard.press("Escape");
  } finally {
    await pause("");
  }
  await page.reload();
  await choose(studio, studio.words.modelChip, /^FLUX schnell \d/);
}

async function takeHistory({ page, studio, take, messages, prompt }: WalkScene): Promise<void> {
  const { history } = messages.composer;
  const panel = page.getByRole("dialog", { name: history.label });
  const open = async () => {
    await studio.prompt.focus();
    await page.getByRole("button", { name: history.label }).click();
    await expect(panel.getByRole("status")).not.toHaveText(history.loading);
  };
  await open();
  await take("history-empty");
  await page.keyboard.press("Escape");
  for (const text of [prompt(FOX), prompt("黎明的灯塔，长曝光"), newPrompt("A brass kettle")]) {
    await send(studio, text);
  }
  await studio.prompt.fill("What stood here before");
  await open();
  await take("history");
  await panel.getByRole("searchbox").fill("nothing like this");
  await expect(panel.getByRole("status")).toHaveText(history.noMatch);
  await take("history-no-match");
  await panel.getByRole("searchbox").fill("kettle");
  await panel.getByRole("listitem").getByRole("button").click();
  await take("history-chosen");
}
