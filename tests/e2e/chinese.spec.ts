import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessibility";
import type { StudioPage } from "./support/studio-page";
import { expect, newPrompt, test } from "./support/test";

test.use({ language: "zh" });

/** Chooses what happens to Chinese prompts, and goes to the studio. */
async function chooseTranslation(page: Page, studio: StudioPage, name: string): Promise<void> {
  await studio.open("/settings");
  const group = page.getByRole("group", { name: "中文描述" });
  await group.locator("label", { hasText: name }).click();
  await expect(group.getByRole("radio", { name })).toBeChecked();
  await studio.open();
}

test("a Chinese prompt is made, and both texts stand beside the picture and find it", async ({
  page,
  studio,
  upstream,
}) => {
  const prompt = newPrompt("雪地里的一只红狐狸");
  await page.goto("/");
  await expect(page).toHaveURL(/\/zh$/);
  await studio.open();
  await studio.prompt.fill(prompt);
  await expect(studio.composer).toContainText("FLUX 只看得懂英文");
  await studio.makeButton.click();
  await studio.expectPictures(prompt, 2);
  await expect(studio.liveRegion).toHaveText("2 张图片已完成");
  await expect(studio.sheets(prompt)).toContainText("已翻译");
  const [task] = await studio.tasks();
  expect(task).toMatchObject({ prompt, promptChange: "translated" });
  expect(task?.executedPrompt).toMatch(/fox/i);
  expect(await upstream.predictionsOf(task?.executedPrompt ?? "")).toHaveLength(1);

  await studio.pictures(prompt).first().click();
  await expect(studio.viewer).toContainText("你写的");
  await expect(studio.viewer).toContainText(prompt);
  await expect(studio.viewer).toContainText("发送的（翻译）");
  await expect(studio.viewer).toContainText(task?.executedPrompt ?? "");
  await page.goBack();
  await expect(studio.viewer).toHaveCount(0);

  const tiles = page.locator("[data-tile]");
  await studio.open("/library");
  await expect(tiles).toHaveCount(2);
  const search = page.getByRole("searchbox");
  for (const [words, count] of [
    ["heron", 0],
    ["FOX snow", 2],
    ["红狐狸", 2],
    ["红狐狸 fox", 2],
  ] as const) {
    await search.fill(words);
    await expect(page).toHaveURL((url) => url.searchParams.get("q") === words);
    await expect(tiles, words).toHaveCount(count);
  }
});

test("a translation that does not come is told, and making it again asks for it once more", async ({
  page,
  studio,
  upstream,
}) => {
  const prompt = newPrompt("湖边的一只鹿");
  await upstream.withholdTranslation(prompt);
  await studio.open();
  await studio.make(prompt);
  await studio.expectPictures(prompt, 2);
  await expect(studio.sheets(prompt)).toContainText("未翻译，原文发送");
  await studio.pictures(prompt).first().click();
  await expect(studio.viewer).toContainText("译文没有及时返回，已按原文发送。");
  await page.goBack();
  await expect(studio.viewer).toHaveCount(0);
  await upstream.calm();
  await studio.sheets(prompt).getByRole("button", { name: "使用这些设置" }).click();
  await studio.makeButton.click();
  await expect(studio.sheets(prompt).first()).toContainText("已翻译");
  await expect(studio.sheets(prompt).first()).not.toContainText("原文发送");
});

test("somebody who wants to be asked chooses the text, and nothing is sent before", async ({
  page,
  studio,
  upstream,
}) => {
  const [chosen, kept, english] = [newPrompt("雪地里的一只红狐狸"), newPrompt("湖边的一只鹿"), newPrompt()];
  await chooseTranslation(page, studio, "先问我");
  await studio.prompt.fill(chosen);
  await expect(studio.composer).toContainText("由你选择用哪份文字");
  await studio.makeButton.click();
  const panel = page.getByRole("region", { name: "润色建议" });
  await expect(panel).toBeFocused();
  await expect(panel).toHaveAccessibleDescription("用英文版，还是保留你的？选择后立即发送。");
  await expect(panel.getByRole("listitem").first()).toContainText(/fox/i);
  await expectAccessible(page, "the question which text is sent");
  expect(await studio.tasks()).toEqual([]);
  // An English version, not a better prompt: what the model would add is offered, and left out.
  const additions = panel.getByRole("listitem").filter({ has: page.getByRole("button") });
  await expect(panel.getByRole("button", { name: /^去掉：/ })).toHaveCount(0);
  const [taken = "", dropped = ""] = await additions.locator("span[lang]").allInnerTexts();
  await panel.getByRole("button", { name: `放回：${taken}` }).click();
  await panel.getByRole("button", { name: "用这个", exact: true }).click();
  await studio.expectPictures(chosen, 2);
  const [improved] = await studio.tasks();
  expect(improved).toMatchObject({ prompt: chosen, promptChange: "improved" });
  expect(improved?.executedPrompt).toMatch(new RegExp(`fox.*${taken}`, "i"));
  expect(dropped).not.toBe("");
  expect(improved?.executedPrompt).not.toContain(dropped);
  expect(await upstream.predictionsOf(improved?.executedPrompt ?? "")).toHaveLength(1);
  await studio.pictures(chosen).first().click();
  await expect(studio.viewer).toContainText("发送的（润色）");
  await page.goBack();
  await expect(studio.viewer).toHaveCount(0);

  await studio.make(kept);
  await panel.getByRole("button", { name: "保留我的" }).click();
  await studio.expectPictures(kept, 2);
  expect((await studio.tasks())[0]).toMatchObject({ prompt: kept, promptChange: "none" });
  expect(await upstream.predictionsOf(kept)).toHaveLength(1);

  await studio.make(english);
  await studio.expectPictures(english, 2);
});

test("somebody who is asked is told when there is no English version, and can send without", async ({
  page,
  studio,
}) => {
  const prompt = newPrompt("湖边的一只鹿");
  await page.route("**/api/prompt", (route) =>
    route.fulfill({ status: 200, json: { prompt: "", model: "gemini-1.5-flash", language: "en" } }),
  );
  await chooseTranslation(page, studio, "先问我");
  await studio.make(prompt);
  const panel = page.getByRole("region", { name: "润色建议" });
  await expect(panel.getByRole("alert")).toContainText("暂时无法润色");
  await panel.getByRole("button", { name: "保留我的" }).click();
  await studio.expectPictures(prompt, 2);
});

test("a Chinese prompt goes as it was written where nothing is to be translated", async ({
  page,
  studio,
  upstream,
}) => {
  const prompt = newPrompt("雪地里的一只红狐狸");
  await chooseTranslation(page, studio, "从不翻译");
  await studio.prompt.fill(prompt);
  await expect(studio.composer).toContainText("你关闭了翻译，文字会原样发送。");
  await studio.makeButton.click();
  await studio.expectPictures(prompt, 2);
  await expect(studio.sheets(prompt)).not.toContainText("已翻译");
  expect(await upstream.predictionsOf(prompt)).toHaveLength(1);
  await page.reload();
  await studio.prompt.fill(prompt);
  await expect(studio.composer).toContainText("你关闭了翻译");
});

test("a failure is told in Chinese, with what was given back", async ({ studio, upstream }) => {
  const prompt = newPrompt("a failing fox");
  await upstream.fail(prompt, "NSFW content detected. Try running it again, or try a different prompt.");
  await studio.open();
  await studio.make(prompt);
  await expect(studio.sheets(prompt)).toContainText("模型的安全过滤拦下了这张图，有时会误判。");
  await expect(studio.sheets(prompt)).toContainText("已退回 10 积分。");
  await expect(studio.liveRegion).toHaveText("1 个失败，已退回 10 积分");
});

test("the other language is one press away and is remembered", async ({ page, studio }) => {
  await studio.open();
  await page.getByRole("link", { name: "English" }).click();
  await expect(page).toHaveURL(/\/create$/);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("button", { name: "Write a prompt" })).toBeVisible();
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("a proposal in English stands phrase by phrase beside one's own words, and what was added can be left out", async ({
  page,
  studio,
}) => {
  await studio.open();
  await studio.prompt.fill("雪地里的一只红狐狸，清晨的光");
  await page.getByRole("button", { name: "润色", exact: true }).click();
  await page.getByRole("button", { name: "用英文" }).click();
  const rows = page.getByRole("list", { name: "润色建议" }).getByRole("listitem");
  await expect(rows.first()).toContainText("雪地里的一只红狐狸");
  await expect(rows.first()).toContainText(/fox/i);
  await expect(rows.nth(1)).toContainText("清晨的光");
  await expectAccessible(page, "a proposal by phrases");

  const added = rows.filter({ has: page.getByRole("button") });
  const [kept, dropped] = await added.locator("span[lang]").allInnerTexts();
  const out = page.getByRole("button", { name: `去掉：${dropped}` });
  await out.press("Enter");
  await expect(page.getByRole("button", { name: `放回：${dropped}` })).toBeFocused();
  await expect(studio.prompt).toHaveValue("雪地里的一只红狐狸，清晨的光");
  await page.getByRole("button", { name: "用这个", exact: true }).click();
  await expect(studio.prompt).toHaveValue(new RegExp(`fox.*${kept}`, "i"));
  await expect(studio.prompt).not.toHaveValue(new RegExp(dropped ?? ""));
  await page.getByRole("button", { name: "恢复" }).click();
  await expect(studio.prompt).toHaveValue("雪地里的一只红狐狸，清晨的光");
});
