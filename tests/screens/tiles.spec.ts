import { passDeadline } from "@/tests/e2e/support/pass-deadline";
import { expect } from "@/tests/e2e/support/test";
import { choose, grantPlenty, send, type WalkScene, walkThrough } from "./walk";

walkThrough("tiles", async (scene) => {
  const { page, studio } = scene;
  await studio.open();
  await grantPlenty();
  // A whole walk is made before the clock is put forward, to see what somebody reads who waits for minutes.
  await page.clock.install();
  await page.reload();
  await choose(studio, studio.words.countChip, /^2$/);
  await takeEndings(scene);
  await takeNarrow(scene);
  await takeWaiting(scene);
});

async function takeEndings({ studio, upstream, prompt, take }: WalkScene): Promise<void> {
  const blocked = prompt("A marble figure in an empty museum hall");
  const down = prompt("A greenhouse at night, every pane lit from inside");
  const refused = prompt("A paper boat in the gutter after rain");
  const late = prompt("The last tram, seen through a wet window");
  const partly = prompt("Two herons on one leg each");
  await upstream.stopBefore(blocked);
  await upstream.takeModelAway(down);
  await upstream.refuse(refused, "input.seed");
  await upstream.bringTooFew(partly);
  await upstream.outrunCancel(late);
  for (const text of [late, blocked, down, refused]) {
    await send(studio, text);
  }
  for (const text of [blocked, down, refused]) {
    await expect(studio.sheets(text)).toHaveAttribute("data-status", "failed");
  }
  await expect(studio.sheets(late)).toContainText(/Making|生成中/);
  const task = (await studio.tasks()).find((known) => known.prompt === late);
  await passDeadline(task?.id ?? "");
  await send(studio, partly);
  await studio.expectPictures(partly, 1);
  await studio.expectPictures(late, 2);
  await take("blocked-down-refused-late-partly", { isWhole: true });
}

/** The narrowest shape, with the most to say. */
async function takeNarrow({ page, studio, upstream, prompt, take }: WalkScene): Promise<void> {
  const [waiting, blocked] = [
    prompt("A single reed against the evening sky"),
    prompt("A column in a flooded crypt"),
  ];
  await upstream.hold(waiting);
  await upstream.fail(blocked, "NSFW content detected. Try running it again.");
  for (const inputPrompt of [blocked, waiting]) {
    await page.request.post("/api/generate", {
      data: { model: "flux-schnell", inputPrompt, aspectRatio: "9:21" },
    });
  }
  await page.reload();
  await expect(studio.sheets(blocked)).toHaveAttribute("data-status", "failed");
  await expect(studio.sheets(waiting)).toContainText(/Making|生成中/);
  await take("narrow-waiting-blocked", { isWhole: true });
  await studio.sheets(waiting).getByRole("button", { name: studio.words.cancel }).click();
}

async function takeWaiting({ page, studio, upstream, prompt, take }: WalkScene): Promise<void> {
  const saving = prompt("A brass kettle on a pale blue stove, morning light");
  const stopping = prompt("Ferns pressed between the pages of an old atlas");
  const slow = prompt("A lighthouse at dawn, long exposure over a still grey sea");
  const lost = prompt("A red fox asleep under the first snow");
  await upstream.stallFiles(saving);
  await upstream.hold(stopping);
  await upstream.hold(slow);
  for (const text of [saving, stopping, slow]) {
    await send(studio, text);
  }
  await expect(studio.sheets(saving)).toContainText(/Saving|保存中/);
  await expect(studio.sheets(stopping)).toContainText(/Making|生成中/);
  // The server hears of neither, and nobody answers.
  await page.route("**/api/generate", (route) => route.abort());
  await page.route("**/api/task/*/cancel", () => {});
  await studio.make(lost);
  await expect(studio.sheets(lost)).toHaveAttribute("data-status", "unanswered", { timeout: 120_000 });
  await studio.sheets(stopping).getByRole("button", { name: studio.words.cancel }).click();
  await page.clock.fastForward("03:00");
  await expect(studio.sheets(slow)).toContainText(/Slower than usual|比平常慢/);
  await take("unanswered-slow-stopping-saving", { isWhole: true });
}
