import postgres from "postgres";
import { make, readTask } from "./support/make";
import { expect, newPrompt, test } from "./support/test";

const { E2E_DATABASE_URL: databaseUrl = "" } = process.env;
const NEVER_MADE = `shr_${"0".repeat(32)}`;

test("a link that has ended, one that was taken back and one that never was look the same to whoever has it", async ({
  browser,
  baseURL,
  page,
  studio,
}) => {
  const prompt = newPrompt("a crane");
  const { id, images } = await make(page, prompt, { numOutputs: 2 });
  const share = (some: string[], audience: string) =>
    page.request.post("/api/library/share", { data: { images: some, audience, showsPrompt: true } });
  await share(
    images.map((image) => image.id),
    "link",
  );
  const [ended, takenBack] = (await readTask(page, id)).images;
  const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const nobody = await context.newPage();
  for (const image of [ended, takenBack]) {
    await nobody.goto(`/p/${image?.shareId}`);
    await expect(nobody.getByRole("heading", { name: prompt })).toBeVisible();
  }

  const owner = postgres(databaseUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  await owner`update assets set share_expires_at = now() - interval '1 minute' where id = ${ended?.id ?? ""}`;
  await owner.end();
  await share([takenBack?.id ?? ""], "private");
  for (const { prefix, words } of [
    { prefix: "", words: "There is nothing here" },
    { prefix: "/zh", words: "这里什么也没有" },
  ]) {
    const said = new Set<string>();
    for (const shareId of [ended?.shareId, takenBack?.shareId, NEVER_MADE]) {
      const answer = await nobody.goto(`${prefix}/p/${shareId}`);
      expect(answer?.status()).toBe(404);
      await expect(nobody.getByRole("heading", { name: words })).toBeVisible();
      await expect(nobody.locator('meta[property="og:image"][content*="/card/"]')).toHaveCount(0);
      said.add(await nobody.getByRole("main").innerText());
    }
    expect([...said]).toHaveLength(1);
  }
  for (const address of [
    ...[ended, takenBack].map((image) => `/img/${image?.id}?w=480`),
    ...[ended, takenBack].map((image) => `/img/card/${image?.shareId}`),
  ]) {
    expect((await context.request.get(address)).status(), address).toBe(404);
  }
  await context.close();

  await studio.open(`/create/${ended?.id}`);
  await expect(page.getByRole("heading", { name: prompt })).toBeVisible();
  await expect(page.getByText(/^The link expired /)).toBeVisible();
  await expect(page.getByText("Only you.", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy the link" })).toHaveCount(0);
});

test("a link that ends while its owner looks at it is said to have ended, and is no longer there to be copied", async ({
  page,
  studio,
}) => {
  const { images } = await make(page, newPrompt("a stork"));
  const [image] = images;
  const expiresAt = new Date(Date.now() + 20_000).toISOString();
  await page.request.post("/api/library/share", {
    data: { images: [image?.id], audience: "link", expiresAt },
  });
  await studio.open(`/create/${image?.id}`);
  await expect(page.getByText(/^The link expires /)).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy the link" })).toBeVisible();
  await expect(page.getByText(/^The link expired /)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("button", { name: "Copy the link" })).toHaveCount(0);
});
