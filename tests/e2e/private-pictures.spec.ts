import { expect, newPrompt, test } from "./support/test";

test("a private picture is refused to everybody else: bytes, page, task and download", async ({
  browser,
  baseURL,
  page,
  studio,
  openAnother,
}) => {
  const prompt = newPrompt();
  await studio.open();
  await studio.make(prompt);
  await studio.expectPictures(prompt, 2);
  const [task] = await studio.tasks();
  const image = task?.images[0];
  if (!task || !image) {
    throw new Error("there is no picture");
  }
  const bytes = await page.request.get(image.url);
  expect(bytes.headers()["content-type"]).toMatch(/^image\//);

  const stranger = await openAnother();
  const nobody = await (await browser.newContext(baseURL === undefined ? {} : { baseURL })).newPage();
  for (const { who, status } of [
    { who: stranger, status: 404 },
    { who: nobody, status: 404 },
  ]) {
    for (const address of [image.url, `${image.url}?w=480`, `${image.url}?w=1280`]) {
      const answer = await who.request.get(address);
      expect(answer.status()).toBe(status);
      expect(answer.headers()["content-type"]).not.toMatch(/^image\//);
    }
  }
  const read = (who: typeof page) => who.request.post("/api/task", { data: { fluxId: task.id } });
  expect((await read(page)).status()).toBe(200);
  expect((await read(stranger)).status()).toBe(404);
  expect((await read(nobody)).status()).toBe(401);
  for (const method of ["DELETE", "POST"] as const) {
    const address = method === "POST" ? `/api/task/${task.id}/cancel` : `/api/task/${task.id}`;
    expect((await stranger.request.fetch(address, { method })).status()).toBe(404);
  }

  const href = `/create/${image.id}`;
  const answer = await stranger.goto(href);
  expect(answer?.status()).toBe(404);
  await expect(stranger.getByText(prompt)).toHaveCount(0);
  await expect(stranger.locator(`meta[property="og:image"][content*="${image.id}"]`)).toHaveCount(0);
  await nobody.goto(href);
  await expect(nobody).toHaveURL(/\/sign-in\?next=/);
  await expect(nobody.getByText(prompt)).toHaveCount(0);
  await nobody.context().close();

  await page.goto(href);
  await expect(page.getByRole("heading", { name: prompt })).toBeVisible();
});
