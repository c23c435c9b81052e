import { afterEach, describe, expect, it } from "vitest";
import { ModelsResponse } from "@/lib/contracts/models";
import { expectEnvelope, openSite, withoutSignedCopy } from "@/tests/support/site";

const site = await openSite();
const first = await site.signUp();
// Made an operator a moment after the sign-up; the signed cookie of that minute does not know it yet.
const operator = { ...first, cookie: withoutSignedCopy(first.cookie) };
const grace = await site.signUp();
const WHY = "We are moving house; back at 15:00 UTC.";

const act = async (body: object) => (await site.ask("/api/ops/acts", { person: operator, body })).json;
const pause = (service: string) => act({ act: "pause_service", service, reason: WHY });
const signUp = () =>
  site.ask("/api/auth/sign-up/email", {
    body: { name: "Late", email: `${crypto.randomUUID()}@example.com`, password: "long enough to pass" },
    headers: { origin: site.app().url },
  });
const improve = () => site.ask("/api/prompt", { person: grace, body: { prompt: "a fox" } });
const favourite = () =>
  site.ask("/api/library/favourite", { person: grace, body: { images: ["img_none"], isFavourite: true } });

afterEach(async () => {
  for (const service of ["making", "improve", "sign_ups", "changes"]) {
    await act({ act: "resume_service", service });
  }
});

describe("what an operator pauses is refused with the sentence, and all else goes on:", () => {
  it("making", async () => {
    const under = await site.start(grace);
    expect(await pause("making")).toEqual({ outcome: "paused" });
    const refused = expectEnvelope(await site.generate(grace), 503, "model_paused");
    expect(refused.error).toBe(WHY);
    const { models } = ModelsResponse.parse((await site.ask("/api/models")).json);
    for (const model of models) {
      expect(model).toMatchObject(
        model.kind === "image" ? { state: "paused", pausedReason: WHY } : { state: "on" },
      );
    }
    expect(await site.ended(grace, under)).toMatchObject({ status: "succeeded" });
    expect((await improve()).status).toBe(200);
    expect((await site.ask("/status")).text).toContain(WHY);
    await act({ act: "resume_service", service: "making" });
    expect((await site.generate(grace)).status).toBe(200);
    expect((await site.ask("/status")).text).not.toContain(WHY);
  });

  it("improving", async () => {
    await pause("improve");
    const refused = expectEnvelope(await improve(), 503, "upstream_unavailable");
    expect(refused).toMatchObject({ error: WHY, isPaused: true });
    const id = await site.start(grace);
    expect(await site.ended(grace, id)).toMatchObject({ status: "succeeded" });
  });

  it("new accounts", async () => {
    await pause("sign_ups");
    const refused = await signUp();
    expect({ status: refused.status, json: refused.json }).toEqual({
      status: 503,
      json: { code: "SIGN_UPS_PAUSED", message: WHY },
    });
    expect((await site.ask("/sign-up")).text).toContain(WHY);
    expect((await site.ask("/sign-in")).text).not.toContain(WHY);
    const signedIn = await site.ask("/api/auth/sign-in/email", {
      body: { email: grace.email, password: "a password that is long enough" },
      headers: { origin: site.app().url },
    });
    expect(signedIn.status).toBe(200);
    await act({ act: "resume_service", service: "sign_ups" });
    expect((await signUp()).status).toBe(200);
  });

  it("every change, but for a cancel, and operators' acts", async () => {
    await site.emulator.faults({ name: "run-processing-forever" });
    const live = await site.start(grace);
    await pause("changes");
    expectEnvelope(await site.generate(grace), 503, "model_paused");
    for (const answer of [await improve(), await favourite()]) {
      expect(expectEnvelope(answer, 503, "upstream_unavailable")).toMatchObject({
        error: WHY,
        isPaused: true,
      });
      expect(answer.headers.get("retry-after")).toBe("60");
    }
    expect((await signUp()).status).toBe(503);
    expect(await site.taskOf(grace, live)).toMatchObject({ status: "processing" });
    expect((await site.ask(`/api/task/${live}/cancel`, { person: grace, method: "POST" })).status).toBe(200);
    expect(await site.ended(grace, live)).toMatchObject({ status: "canceled" });
    await act({ act: "resume_service", service: "changes" });
    expect((await favourite()).status).not.toBe(503);
  });
});
