import { look } from "./support/look";
import { StudioPage } from "./support/studio-page";
import { expect, newPrompt, test } from "./support/test";

test("a second tab shows the picture arriving, within two seconds of the first", async ({
  context,
  studio,
  upstream,
}) => {
  const prompt = newPrompt();
  await upstream.linger(prompt);
  const second = new StudioPage(await context.newPage(), "en");
  await second.open();
  await studio.open();
  await studio.make(prompt);
  await expect(second.sheets(prompt)).toBeVisible();
  await expect(second.pictures(prompt)).toHaveCount(0);
  await studio.expectPictures(prompt, 2);
  await expect(second.pictures(prompt)).toHaveCount(2, { timeout: 2000 });
  await second.expectBalance((await studio.credits()).available);
});

test("without its event stream a tab catches up by itself, and listens again when it can", async ({
  page,
  studio,
  upstream,
  expectedNoise,
}) => {
  expectedNoise.push(/ERR_FAILED.*\/api\/task\/events/);
  const [unheard, heard] = [newPrompt(), newPrompt()];
  let isCut = true;
  let heardCount = 0;
  await page.route("**/api/task/events", async (route) => {
    if (isCut) {
      await route.abort();
    } else {
      heardCount += 1;
      await route.continue();
    }
  });
  await studio.open();
  await upstream.pace(unheard, { starting: 2000, processing: 6000 });
  await studio.make(unheard);
  await studio.expectPictures(unheard, 2);

  isCut = false;
  await expect(() => expect(heardCount).toBeGreaterThan(0)).toPass({ timeout: 60_000 });
  await studio.make(heard);
  await studio.expectPictures(heard, 2);
});

test("a tab that was offline catches up without being loaded anew", async ({
  context,
  studio,
  upstream,
  expectedNoise,
}) => {
  expectedNoise.push(/ERR_INTERNET_DISCONNECTED/);
  const prompt = newPrompt();
  await upstream.linger(prompt);
  await studio.open();
  await studio.make(prompt);
  await expect(studio.sheets(prompt).getByRole("button", { name: "Cancel" })).toBeVisible();
  await context.setOffline(true);
  await expect(async () => {
    expect((await upstream.predictionsOf(prompt)).map(({ status }) => status)).toEqual(["succeeded"]);
  }).toPass();
  await context.setOffline(false);
  await studio.expectPictures(prompt, 2);
});

test("a tab that nobody looks at says by its title and its icon what came, until somebody looks", async ({
  page,
  studio,
}) => {
  const prompt = newPrompt();
  const icons = () =>
    page.locator('link[rel~="icon"]').evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  await studio.open();
  const [title, before] = [await page.title(), await icons()];
  await look(page, false);
  await studio.make(prompt);
  await expect(page).toHaveTitle(/^\(2\) ready/, { timeout: 60_000 });
  await expect.poll(async () => [...new Set(await icons())]).toEqual(["/icon-ready.svg"]);
  expect((await page.request.get("/icon-ready.svg")).headers()["content-type"]).toContain("image/svg+xml");
  await look(page, true);
  await expect(page).toHaveTitle(title);
  await expect.poll(icons).toEqual(before);
});
