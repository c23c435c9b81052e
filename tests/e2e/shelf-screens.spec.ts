import postgres from "postgres";
import { expectAccessible } from "./support/accessibility";
import { make, readTask } from "./support/make";
import { expect, newPrompt, test } from "./support/test";

const { E2E_DATABASE_URL: databaseUrl = "" } = process.env;

test("a link shows the picture to whoever has it, with the prompt that was offered, until it is taken back", async ({
  browser,
  baseURL,
  page,
  studio,
  expectedNoise,
}) => {
  expectedNoise.push(/status of 404/);
  const prompt = newPrompt("a heron");
  const { id, images } = await make(page, prompt);
  await studio.open(`/create/${images[0]?.id}`);
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await page.locator("label", { hasText: "Anyone with the link" }).click();
  await page.getByRole("checkbox", { name: "Show the prompt, too" }).check();
  await expectAccessible(page, "sharing");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Whoever has the link.")).toBeVisible();
  const address = `/p/${(await readTask(page, id)).images[0]?.shareId}`;

  const nobody = await (await browser.newContext(baseURL === undefined ? {} : { baseURL })).newPage();
  await nobody.goto(address);
  await expect(nobody.getByRole("heading", { name: prompt })).toBeVisible();
  await expect(nobody.getByRole("main").getByRole("img")).toHaveJSProperty("complete", true);
  await expectAccessible(nobody, "a shared picture");
  await nobody.getByRole("button", { name: "Make your own from this" }).click();
  await expect(nobody).toHaveURL(/sign-in/);
  await expect(nobody.getByText(prompt).first()).toBeVisible();

  await page.getByRole("button", { name: "Change", exact: true }).click();
  await page.locator("label", { hasText: "Only me" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Only you.")).toBeVisible();
  expect((await nobody.goto(address))?.status()).toBe(404);
});

test("a link that ends keeps its end when something else about it is changed", async ({ page, studio }) => {
  const { id, images } = await make(page, newPrompt("a swift"));
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  await page.request.post("/api/library/share", {
    data: { images: [images[0]?.id], audience: "link", showsPrompt: false, expiresAt },
  });
  const shared = async () => (await readTask(page, id)).images[0];
  await studio.open(`/create/${images[0]?.id}`);
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await expect(page.getByLabel("Link expires")).toHaveValue("kept");
  await page.getByRole("checkbox", { name: "Show the prompt, too" }).check();
  await expectAccessible(page, "sharing with an end");
  await page.getByRole("button", { name: "Save" }).click();
  await expect.poll(shared).toMatchObject({ audience: "link", showsPrompt: true });
  expect(Date.parse((await shared())?.shareExpiresAt ?? "")).toBe(Date.parse(expiresAt));

  await page.getByRole("button", { name: "Change", exact: true }).click();
  await page.getByLabel("Link expires").selectOption({ label: "never" });
  await page.getByRole("button", { name: "Save" }).click();
  await expect.poll(shared).toMatchObject({ audience: "link", shareExpiresAt: null });
});

test("a link that has ended is not opened again by saving something else", async ({ page, studio }) => {
  const { id, images } = await make(page, newPrompt("a swallow"));
  const imageId = images[0]?.id ?? "";
  await page.request.post("/api/library/share", {
    data: { images: [imageId], audience: "link", showsPrompt: false },
  });
  const owner = postgres(databaseUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  await owner`update assets set share_expires_at = now() - interval '1 minute' where id = ${imageId}`;
  await owner.end();
  await studio.open(`/create/${imageId}`);
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await expect(page.getByRole("radio", { name: /^Only me/ })).toBeChecked();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
  await expect(page.getByText("Only you.")).toBeVisible();
  expect((await readTask(page, id)).images[0]).toMatchObject({ audience: "private", shareExpiresAt: null });
});

test("Explore shows what was reviewed, by model and by shape", async ({ page, studio }) => {
  const { images } = await make(page, newPrompt("a public fox"));
  const imageId = images[0]?.id ?? "";
  await page.request.post("/api/library/share", {
    data: { images: [imageId], audience: "public", showsPrompt: true },
  });
  const picture = page.locator(`a:has(img[src*="${imageId}"])`);
  await studio.open("/explore?model=flux-schnell");
  await expect(picture).toHaveCount(0);
  const owner = postgres(databaseUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  await owner`select decide_review(${imageId}, 'approved', 'operator:test', 'a test', false)`;
  await owner.end();
  await page.reload();
  await expect(picture).toBeVisible();
  await expectAccessible(page, "explore");
  await page.getByRole("link", { name: "9:21" }).click();
  await expect(picture).toHaveCount(0);
  await studio.open("/models");
  await expect(picture).toBeVisible();
  await expectAccessible(page, "models");
});

test("activity cancels what waits and tells what ended", async ({ page, studio, upstream }) => {
  const [waiting, failed] = [newPrompt("waits"), newPrompt("fails")];
  await upstream.hold(waiting);
  await upstream.fail(failed, "CUDA out of memory (E1001)");
  for (const inputPrompt of [waiting, failed]) {
    await page.request.post("/api/generate", {
      data: { model: "flux-schnell", inputPrompt, aspectRatio: "1:1" },
    });
  }
  await studio.open("/activity");
  await expect(page.getByText("5 credits returned.")).toBeVisible();
  await expectAccessible(page, "activity");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Nothing is being made right now.")).toBeVisible();
});

test("settings: name, look, and a deletion that offers the export first and can be taken back", async ({
  page,
  studio,
}) => {
  await studio.open("/settings");
  await expectAccessible(page, "settings");
  await page.getByLabel("Name").fill("Ada Lovelace");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Account: Ada Lovelace" })).toBeVisible();
  await page.locator("label", { hasText: "dark" }).click();
  await expect(page.locator("html")).toHaveClass(/dark/);
  await expectAccessible(page, "settings in the dark");
  await page.getByLabel("Two short tones").check();
  await page.reload();
  await expect(page.getByLabel("Two short tones")).toBeChecked();

  await page.getByRole("button", { name: "Delete my account" }).click();
  await expect(page.getByText("Download everything first")).toBeVisible();
  await expect(page.getByRole("button", { name: "Download everything" })).toHaveCount(1);
  await expectAccessible(page, "leaving");
  await page.getByRole("button", { name: "Yes, in two weeks" }).click();
  await expect(page.getByText(/Your account will be erased on/)).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "Keep my account" }).click();
  await expect(page.getByRole("button", { name: "Delete my account" })).toBeVisible();
});

test("all links are taken back at once, that of a picture in the bin as well", async ({ page, studio }) => {
  const made = await make(page, newPrompt("a wren"), { numOutputs: 2 });
  const ids = made.images.map(({ id }) => id);
  await page.request.post("/api/library/share", { data: { images: ids, audience: "link" } });
  const links = (await readTask(page, made.id)).images.map(({ shareId }) => `/p/${shareId}`);
  await page.request.post("/api/library/bin", { data: { images: ids.slice(0, 1) } });
  await studio.open("/settings");
  await page.getByRole("button", { name: "Take back all links" }).click();
  await expect(
    page.getByText("All your pictures are private now; their links no longer work."),
  ).toBeVisible();
  await page.request.post("/api/library/restore", { data: { images: ids.slice(0, 1) } });
  expect((await readTask(page, made.id)).images).toMatchObject([
    { audience: "private" },
    { audience: "private" },
  ]);
  for (const link of links) {
    expect((await page.request.get(link)).status()).toBe(404);
  }
});

for (const language of ["en", "zh"] as const) {
  test.describe(`on a phone (${language})`, { tag: "@phone" }, () => {
    test.use({ language });

    test("the other screens are not wider than it, and accessible", async ({ page, studio }) => {
      await make(page, newPrompt());
      for (const path of ["/library", "/activity", "/settings", "/explore", "/models", "/status", "/rules"]) {
        await studio.open(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(
          390,
        );
        await expectAccessible(page, path);
      }
    });

    test("a finger that stays begins choosing, and the next ones choose more", async ({ page, studio }) => {
      await make(page, newPrompt(), { numOutputs: 2 });
      await studio.open("/library");
      const tile = page.locator("[data-tile]").first();
      await expect(tile).toBeVisible();
      const box = await tile.boundingBox();
      const touch = { x: (box?.x ?? 0) + 60, y: (box?.y ?? 0) + 60 };
      const client = await page.context().newCDPSession(page);
      await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [touch] });
      await expect(page.getByRole("toolbar")).toBeVisible();
      await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
      await page.locator("[data-tile]").nth(1).tap();
      await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(2);
      await expect(studio.viewer).toHaveCount(0);
      await expectAccessible(page, "choosing on a phone");
    });
  });
}
