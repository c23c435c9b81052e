import { expectAccessible } from "./support/accessibility";
import { make } from "./support/make";
import { openDrawer } from "./support/open-drawer";
import { readMessages } from "./support/read-messages";
import { expect, newPrompt, test } from "./support/test";

const REFUSED = {
  status: 503,
  json: { error: "Not now.", code: 503, reason: "upstream_unavailable", requestId: "req_journey" },
};

test("the activity comes beside every page of the studio, and gives the focus back", async ({
  page,
  studio,
  upstream,
}) => {
  const [done, waiting] = [newPrompt("done"), newPrompt("waits")];
  const { images } = await make(page, done);
  await upstream.hold(waiting);
  await page.request.post("/api/generate", {
    data: { model: "flux-schnell", inputPrompt: waiting, aspectRatio: "3:2" },
  });
  for (const path of ["/create", "/library", "/credits", "/settings", `/create/${images[0]?.id}`]) {
    await studio.open(path);
    const opener = page.getByRole("link", { name: "Skip to content" });
    await page.keyboard.press("Tab");
    await expect(opener).toBeFocused();
    const drawer = await openDrawer(page, "Activity");
    await expect(drawer.getByRole("listitem").filter({ hasText: waiting })).toContainText("Making");
    await expect(drawer.getByRole("listitem").filter({ hasText: done })).toContainText("Ready");
    await page.keyboard.press("Escape");
    await expect(drawer).toHaveCount(0);
    await expect(opener).toBeFocused();
    await expect(page).toHaveURL(new RegExp(`${path}$`));
  }

  await test.step("a job is cancelled from there", async () => {
    const drawer = await openDrawer(page, "Activity");
    await drawer.getByRole("button", { name: "Cancel", exact: true }).click();
    await expect(drawer.getByRole("listitem").filter({ hasText: waiting })).toContainText("Cancelled");
    // And heard there: a dialog hides the rest of the page from a screen reader.
    await expect(studio.liveRegion).toContainText("1 cancelled");
  });

  await test.step("it leads to its page, on which there is nothing to bring", async () => {
    const drawer = page.getByRole("dialog", { name: "Activity", exact: true });
    await drawer.getByRole("link", { name: "Open the full page" }).click();
    await expect(page).toHaveURL(/\/activity$/);
    await expect(drawer).toHaveCount(0);
    await expect(page.getByRole("heading", { name: "Activity", level: 1 })).toBeVisible();
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    // By the same way as the drawer, so that it had its time.
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    await expect(drawer).toHaveCount(0);
  });
});

test("a picture in it is opened, and it is gone", async ({ page, studio }) => {
  const prompt = newPrompt();
  const { images } = await make(page, prompt);
  await studio.open("/credits");
  const drawer = await openDrawer(page, "Activity");
  await drawer.getByRole("link", { name: prompt }).click();
  await expect(page).toHaveURL(new RegExp(`/create/${images[0]?.id}$`));
  await expect(drawer).toHaveCount(0);
  await expect(page.getByRole("heading", { name: prompt })).toBeVisible();
});

test("where there is no room beside the page, the keys lead to the activity's own", async ({
  page,
  studio,
}) => {
  await page.setViewportSize({ width: 720, height: 900 });
  await studio.open();
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await expect(page).toHaveURL(/\/activity$/, { timeout: 3_000 });
  }).toPass();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

for (const language of ["en", "zh"] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });
    const { activity, shell } = readMessages(language);

    test("the drawer is accessible: waiting, not read, empty and full", async ({
      page,
      studio,
      expectedNoise,
    }) => {
      expectedNoise.push(/status of 503/);
      await page.route("**/api/task?limit=*", (route) => route.fulfill(REFUSED));
      await studio.open("/credits");
      const drawer = await openDrawer(page, shell.place.activity);
      await expect(drawer.getByRole("alert")).toContainText(activity.error);
      await expectAccessible(page, "a drawer that was not read");
      await page.unroute("**/api/task?limit=*");
      await drawer.getByRole("button", { name: activity.retry }).click();
      await expect(drawer).toContainText(activity.noneRunning);
      await expect(drawer).toContainText(activity.noneEnded);
      await expectAccessible(page, "an empty drawer");
      await make(page, newPrompt());
      await expect(drawer).toContainText(activity.status.succeeded);
      await expectAccessible(page, "a drawer");
      await drawer.getByRole("button", { name: activity.close }).click();
      await expect(drawer).toHaveCount(0);
    });
  });
}
