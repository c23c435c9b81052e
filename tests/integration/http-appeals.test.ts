import { afterAll, describe, expect, it } from "vitest";
import { AppealList } from "@/lib/contracts/appeals";
import { Task } from "@/lib/contracts/task";
import { expectEnvelope, openSite, withoutSignedCopy } from "@/tests/support/site";

const site = await openSite();
const first = await site.signUp();
// Made an operator a moment after the sign-up; the signed cookie of that minute does not know it yet.
const operator = { ...first, cookie: withoutSignedCopy(first.cookie) };
const ada = await site.signUp();
const eve = await site.signUp();
afterAll(() => site.emulator.reset());

const ask = (body: object, person = ada) => site.ask("/api/appeals", { person, body });
const act = (body: object, person = operator) => site.ask("/api/ops/acts", { person, body });
async function stop(fault: string): Promise<Task> {
  await site.emulator.faults({ name: fault });
  const task = await site.ended(ada, await site.start(ada, { inputPrompt: `a marble figure, ${fault}` }));
  await site.emulator.reset();
  return task;
}

describe("asking for a review", () => {
  it("is one appeal for twenty requests at once, and its task says what became of it", async () => {
    const { id, blockedBy } = await stop("run-failed-safety");
    expect(blockedBy).toBe("model");
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask({ subject: id, note: "  It is a statue.  " })),
    );
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(Task.parse(answer.json)).toMatchObject({ id, appeal: { state: "open" } });
    }
    const listed = AppealList.parse((await site.ask("/api/appeals", { person: ada })).json);
    expect(listed.appeals).toMatchObject([{ subject: id, note: "It is a statue.", state: "open" }]);
    expect((await site.ask("/api/appeals", { person: eve })).json).toEqual({ appeals: [] });

    const page = await site.ask("/ops/moderation", { person: operator });
    expect(page.text).toContain("It is a statue.");
    const decision = {
      act: "decide_appeal",
      subjectId: id,
      decision: "kept",
      reason: "The filter was right.",
    };
    expect((await act(decision)).json).toEqual({ outcome: "kept" });
    expect((await act({ ...decision, decision: "allowed" })).json).toEqual({ outcome: "already" });
    expect((await site.taskOf(ada, id)).appeal).toMatchObject({ state: "kept", reason: decision.reason });
    expect((await site.ask("/ops/moderation", { person: operator })).text).not.toContain("It is a statue.");
  });

  it("is possible of a prompt that was stopped before it was sent, which cost nothing", async () => {
    const task = await stop("guardrails-block-prompt");
    expect(task).toMatchObject({ status: "failed", reason: "content_blocked", blockedBy: "check" });
    expect(task.refunded).toBe(task.cost);
    expect((await ask({ subject: task.id })).status).toBe(200);
  });

  it("is refused for what was not stopped, what is somebody else's, and what is no request", async () => {
    const made = await site.ended(ada, await site.start(ada));
    const { issues } = expectEnvelope(await ask({ subject: made.id }), 400, "invalid_request");
    expect(issues).toMatchObject([{ path: "subject" }]);
    for (const subject of [made.id, made.images[0]?.id, "gen_none"]) {
      expectEnvelope(await ask({ subject }, eve), 404, "not_found");
    }
    for (const body of [{}, { subject: made.id, note: "x".repeat(501) }, { subject: "" }]) {
      expectEnvelope(await ask(body), 400, "invalid_request");
    }
  });
});

describe("the operators' list", () => {
  it("is nothing to others, and neither are its acts", async () => {
    const missing = await site.ask("/ops/no-such-page", { person: ada });
    const page = await site.ask("/ops/moderation", { person: ada });
    expect(page.status).toBe(missing.status);
    const made = await site.ended(ada, await site.start(ada));
    const imageId = made.images[0]?.id ?? "";
    await site.ask("/api/library/share", { person: ada, body: { images: [imageId], audience: "public" } });
    for (const body of [
      { act: "approve_picture", imageId },
      { act: "reject_picture", imageId, reason: "Because" },
      { act: "decide_appeal", subjectId: made.id, decision: "allowed", reason: "Because" },
    ]) {
      expectEnvelope(await act(body, ada), 404, "not_found");
    }
    expect((await site.taskOf(ada, made.id)).images[0]?.reviewState).toBe("pending");
    expectEnvelope(await act({ act: "reject_picture", imageId }), 400, "invalid_request");
    expectEnvelope(await act({ act: "approve_picture", imageId: "img_none" }), 404, "not_found");
    expect((await act({ act: "approve_picture", imageId })).json).toEqual({ outcome: "approved" });
    expect((await site.ask("/api/explore", { person: null })).text).toContain(imageId);
  });
});
