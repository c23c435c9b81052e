import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type SignedDelivery, signWebhook } from "@/tests/support/sign-webhook";
import { type Answer, expectEnvelope, openSite } from "@/tests/support/site";
import { waitFor } from "@/tests/support/wait-for";

const OLD_SECRET = `whsec_${Buffer.from("the secret of before the rotation").toString("base64")}`;
const site = await openSite();
const { webhookSecret: secret } = site.emulator.credentials;

const BODY = JSON.stringify({
  id: "gm3qorzdhgbfurvjtvhg6dckhu",
  status: "succeeded",
  output: ["https://a.b/c"],
});

function post({ headers, body }: SignedDelivery, query = ""): Promise<Answer> {
  return site.ask(`/api/webhooks/replicate${query}`, {
    method: "POST",
    body,
    headers: Object.fromEntries(headers),
  });
}
async function inbox(): Promise<number> {
  const [row] = await site.owner<{ count: number }[]>`select count(*)::int as count from webhook_deliveries`;
  return row?.count ?? 0;
}

describe("a delivery over HTTP", () => {
  it("[F-25] that is genuine is 200, again too, and needs no session, origin or content type", async () => {
    const delivery = signWebhook(BODY, { secret, id: "msg_http_1" });
    const first = await post(delivery);
    expect({ status: first.status, json: first.json }).toEqual({
      status: 200,
      json: { message: "recorded" },
    });
    const headers = {
      ...Object.fromEntries(delivery.headers),
      "content-type": "text/html",
      origin: "https://x.example",
    };
    const again = await site.ask("/api/webhooks/replicate", { method: "POST", body: BODY, headers });
    expect({ status: again.status, json: again.json }).toEqual({
      status: 200,
      json: { message: "duplicate" },
    });
  });

  it.for([
    ["no headers", () => ({ headers: new Headers(), body: BODY })],
    ["another secret", () => signWebhook(BODY, { secret: OLD_SECRET })],
    [
      "a changed body",
      () => ({ ...signWebhook(BODY, { secret }), body: BODY.replace("succeeded", "failed") }),
    ],
    [
      "a body that was parsed and written again",
      () => ({ ...signWebhook(` ${BODY}`, { secret }), body: BODY }),
    ],
  ] satisfies [string, () => SignedDelivery][])(
    "[F-24] with %s is 401, and nothing of it is written",
    async ([, make]) => {
      const before = await inbox();
      expectEnvelope(await post(make()), 401, "unauthenticated");
      expect(await inbox()).toBe(before);
    },
  );

  // What the delivery needs to arrive brings a time to come nearer: that side has room for a slow machine.
  it.for([-301, 360])("[F-25] that is %i s off is 400", async (seconds) => {
    const answer = await post(signWebhook(BODY, { secret, atMs: Date.now() + seconds * 1_000 }));
    expectEnvelope(answer, 400, "invalid_request");
  });

  it.for(["", "null", "[]", "{}", '{"id":7}', "<html></html>", `${"[".repeat(9_000)}`])(
    "[F-28] whose signed body is no prediction is 400: %s",
    async (body) => {
      expectEnvelope(await post(signWebhook(body, { secret })), 400, "invalid_request");
    },
  );

  it("[F-28] of more than a megabyte is 413 before anything is verified", async () => {
    const body = JSON.stringify({
      id: "gm3qorzdhgbfurvjtvhg6dckhu",
      status: "succeeded",
      logs: "x".repeat(1_000_001),
    });
    expectEnvelope(await post(signWebhook(body, { secret })), 413, "payload_too_large");
    expectEnvelope(await post({ headers: new Headers(), body }), 413, "payload_too_large");
  });

  it("[F-28] that is packed is what it is: no bomb goes off", async () => {
    const packed = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));
    const answer = await site.ask("/api/webhooks/replicate", {
      method: "POST",
      body: packed,
      headers: { "content-encoding": "gzip", ...Object.fromEntries(signWebhook(BODY, { secret }).headers) },
    });
    expect([400, 401]).toContain(answer.status);
  });

  it("that ends a generation ends it, at another one's address as well", async () => {
    await site.emulator.faults({ name: "run-processing-forever" });
    await site.emulator.faults({ name: "webhook-drop-all" });
    const person = await site.signUp();
    const id = await site.start(person);
    const [row] = await waitFor(
      async () => {
        const rows = await site.owner<{ predictionId: string }[]>`
          select prediction_id as "predictionId" from attempts where generation_id = ${id} and state = 'accepted'`;
        return rows.length > 0 && rows;
      },
      { what: "the create's answer" },
    );
    const body = JSON.stringify({ id: row?.predictionId, status: "failed", error: "NSFW content detected" });
    expect((await post(signWebhook(body, { secret }), "?attempt=of-another-one")).status).toBe(200);
    expect(await site.taskOf(person, id)).toMatchObject({ status: "processing" });
    expect((await post(signWebhook(body, { secret }))).status).toBe(200);
    expect(await site.ended(person, id)).toMatchObject({
      status: "failed",
      reason: "content_blocked",
      refunded: 5,
    });
    await fetch(`${site.emulator.url}/_faults`, { method: "DELETE" });
  });

  it("of any method but POST is 405", async () => {
    expectEnvelope(await site.ask("/api/webhooks/replicate"), 405, "method_not_allowed");
  });
});
