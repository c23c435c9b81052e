import { make } from "@/tests/e2e/support/make";
import { openDrawer } from "@/tests/e2e/support/open-drawer";
import { expect } from "@/tests/e2e/support/test";
import { send, type WalkScene, walkThrough } from "./walk";

const DESK_WIDTH_MIN = 1024;
const UNAVAILABLE = {
  status: 503,
  json: { error: "Not now.", code: 503, reason: "upstream_unavailable", requestId: "req_screens" },
};

walkThrough("activity", async (scene) => {
  // A phone has no room beside the page: there the keys lead to the activity's own, which has its picture elsewhere.
  if ((scene.page.viewportSize()?.width ?? 0) >= DESK_WIDTH_MIN) {
    await takeDrawer(scene);
  }
});

async function takeDrawer({ page, studio, upstream, prompt, take, messages }: WalkScene): Promise<void> {
  const name = messages.shell.place.activity;
  await page.route("**/api/task?limit=*", (route) => route.fulfill(UNAVAILABLE));
  await studio.open("/credits");
  const drawer = await openDrawer(page, name);
  await expect(drawer.getByRole("alert")).toBeVisible();
  await take("drawer-not-read");
  await page.unroute("**/api/task?limit=*");
  await drawer.getByRole("button", { name: messages.activity.retry }).click();
  await expect(drawer).toContainText(messages.activity.noneEnded);
  await take("drawer-empty");

  const failed = prompt("A greenhouse at night, every pane lit from inside");
  const waiting = prompt("Ferns pressed between the pages of an old atlas");
  await make(page, prompt("A brass kettle on a pale blue stove, morning light"), { numOutputs: 2 });
  await upstream.fail(failed, "CUDA out of memory (E1001)");
  await upstream.hold(waiting);
  await studio.open();
  await send(studio, failed);
  await expect(studio.sheets(failed)).toHaveAttribute("data-status", "failed");
  await send(studio, waiting);
  await page.keyboard.press("Escape");
  await openDrawer(page, name);
  await expect(drawer).toContainText(messages.sheet.phase.making);
  await take("drawer");
}
