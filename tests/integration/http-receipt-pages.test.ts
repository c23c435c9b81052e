import { afterEach, describe, expect, it } from "vitest";
import { openSite, type Person, withoutSignedCopy } from "@/tests/support/site";

const site = await openSite();
const first = await site.signUp();
// Made an operator a moment after the sign-up; the signed cookie of that minute does not know it yet.
const operator = { ...first, cookie: withoutSignedCopy(first.cookie) };
const ada = await site.signUp();
afterEach(() => site.emulator.reset());

/** What somebody reads on a page: without the words that its scripts bring along. */
async function read(path: string, person: Person): Promise<string> {
  const { text } = await site.ask(path, { person });
  return text
    .replaceAll(/<script[\s\S]*?<\/script>/g, "")
    .replaceAll(/<!--[\s\S]*?-->/g, "")
    .replaceAll("&#x27;", "'");
}
async function stop(fault: string): Promise<string> {
  await site.emulator.faults({ name: fault });
  const { id } = await site.ended(ada, await site.start(ada, { inputPrompt: `a marble figure, ${fault}` }));
  await site.emulator.reset();
  return id;
}

describe("a receipt's page", () => {
  it("blames the model for what the model stopped, and not for a prompt that never reached it", async () => {
    const [unsent, filtered] = [await stop("guardrails-block-prompt"), await stop("run-failed-safety")];
    const page = await read(`/credits/receipts/${unsent}`, ada);
    expect(page).toContain("This prompt isn't allowed here. Nothing was charged.");
    expect(page).not.toContain("safety filter");
    expect(await read(`/zh/credits/receipts/${unsent}`, ada)).toContain("该描述不符合使用规则。未扣积分。");
    expect(await read(`/credits/receipts/${filtered}`, ada)).toContain(
      "The model's safety filter stopped the picture. It is sometimes wrong. 5 credits returned.",
    );
  });

  it("says for how long the model ran", async () => {
    const { id } = await site.ended(ada, await site.start(ada));
    expect(await read(`/credits/receipts/${id}`, ada)).toMatch(
      /The image service reports \d+(\.\d+)? s of model time\./,
    );
    expect(await read(`/zh/credits/receipts/${id}`, ada)).toMatch(
      /据图像服务报告，模型用时 \d+(\.\d+)? 秒。/,
    );
  });

  it("has the balance before and after each movement", async () => {
    const grace = await site.signUp();
    const { id } = await site.ended(grace, await site.start(grace));
    const page = await read(`/credits/receipts/${id}`, grace);
    expect(page).toContain("Balance before");
    const cells = [...page.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, cell]) => cell);
    expect(cells.slice(0, 8)).toEqual(["Your balance", "−5", "50", "45", "On hold", "+5", "0", "5"]);
  });
});

describe("what failed this week and why", () => {
  it("is on the operators' overview, in the reader's language", async () => {
    await stop("run-failed-safety");
    expect(await read("/ops", operator)).toContain("What failed in the last 7 days, and why");
    const page = await read("/zh/ops", operator);
    expect(page).toContain("最近 7 天的失败与原因");
    expect(page).toContain("被过滤拦下");
  });

  it("stands above what failed in the library of its person, and nowhere else", async () => {
    const page = await read("/library?state=failed", ada);
    expect(page).toContain("What failed in the last 7 days, and why");
    expect(page).toMatch(/stopped by the filter: \d/);
    expect(await read("/library", ada)).not.toContain("What failed in the last 7 days");
    expect(await read("/library?state=failed", await site.signUp())).not.toContain(
      "What failed in the last 7",
    );
  });
});

it("a task's time line says in Chinese how each step became known", async () => {
  const { id } = await site.ended(ada, await site.start(ada));
  const page = await read(`/zh/ops/tasks/${id}`, operator);
  expect(page).toContain("用户提交");
  expect(page).not.toMatch(/<td[^>]*>(submit|webhook|store)<\/td>/);
});
