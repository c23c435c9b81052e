import { existsSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { inProject } from "@/scripts/launch/paths.mjs";
import { type SignedDelivery, signWebhook, WEBHOOK_SECRET } from "@/tests/support/sign-webhook";
import { verifyWebhook } from "./verify";

const NOW_MS = Date.parse("2026-11-23T10:00:00Z");
const BODY = JSON.stringify({ id: "gm3qorzdhgbfurvjtvhg6dckhu", status: "succeeded" });
const OTHER_SECRET = `whsec_${Buffer.from("another secret of thirty-two byt").toString("base64")}`;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS, toFake: ["Date"] });
});
afterEach(() => vi.useRealTimers());

function change(delivery: SignedDelivery, headers: Record<string, string | null>): SignedDelivery {
  const changed = new Headers(delivery.headers);
  for (const [name, value] of Object.entries(headers)) {
    if (value === null) {
      changed.delete(name);
    } else {
      changed.set(name, value);
    }
  }
  return { ...delivery, headers: changed };
}

describe("a genuine delivery", () => {
  it("is valid and known by its id", () => {
    const delivery = signWebhook(BODY, { id: "msg_1" });
    expect(verifyWebhook([WEBHOOK_SECRET], delivery)).toEqual({ kind: "valid", webhookId: "msg_1" });
  });

  it.for([
    ["an empty body", ""],
    ["a body that is no JSON", "hello"],
    ["a body in any language", JSON.stringify({ prompt: "狐狸 🦊 \u202e" })],
    ["a body with white space that a parser would drop", `  ${BODY}\r\n\n`],
  ] as const)("is valid with %s, as only the bytes are signed", ([, body]) => {
    expect(verifyWebhook([WEBHOOK_SECRET], signWebhook(body)).kind).toBe("valid");
  });

  it("is valid when one of several signatures is ours, as during a rotation of the sender's", () => {
    const delivery = signWebhook(BODY);
    const own = delivery.headers.get("webhook-signature") ?? "";
    const foreign = signWebhook(BODY, { secret: OTHER_SECRET }).headers.get("webhook-signature");
    for (const list of [`${foreign} ${own}`, `${own} ${foreign}`, `v1a,AAAA ${own}`]) {
      expect(verifyWebhook([WEBHOOK_SECRET], change(delivery, { "webhook-signature": list })).kind).toBe(
        "valid",
      );
    }
  });

  it("[F-29] is valid under the old and the new secret while both are set, and under neither other", () => {
    const old = signWebhook(BODY, { secret: OTHER_SECRET });
    expect(verifyWebhook([WEBHOOK_SECRET, OTHER_SECRET], old).kind).toBe("valid");
    expect(verifyWebhook([OTHER_SECRET, WEBHOOK_SECRET], old).kind).toBe("valid");
    expect(verifyWebhook([WEBHOOK_SECRET], old).kind).toBe("invalid");
    expect(verifyWebhook([], old).kind).toBe("invalid");
  });

  it.for([-300, -1, 1, 300])("is valid %i s off", (seconds) => {
    const delivery = signWebhook(BODY, { atMs: NOW_MS + seconds * 1000 });
    expect(verifyWebhook([WEBHOOK_SECRET], delivery).kind).toBe("valid");
  });

  it.for([-86_400, -301, 301, 86_400])("is stale %i s off", (seconds) => {
    const delivery = signWebhook(BODY, { atMs: NOW_MS + seconds * 1000 });
    expect(verifyWebhook([WEBHOOK_SECRET], delivery).kind).toBe("stale");
  });
});

describe("[F-24] a forged delivery", () => {
  const SIGNATURE = "webhook-signature";
  const delivery = () => signWebhook(BODY, { id: "msg_1" });
  const own = (): string => delivery().headers.get("webhook-signature") ?? "";

  it.for(["webhook-id", "webhook-timestamp", "webhook-signature"])("is invalid without %s", (name) => {
    expect(verifyWebhook([WEBHOOK_SECRET], change(delivery(), { [name]: null })).kind).toBe("invalid");
    expect(verifyWebhook([WEBHOOK_SECRET], change(delivery(), { [name]: "" })).kind).toBe("invalid");
  });

  it.for([
    ["another key", (): string => signWebhook(BODY, { secret: OTHER_SECRET }).headers.get(SIGNATURE) ?? ""],
    ["an empty key", (): string => signWebhook(BODY, { secret: "whsec_" }).headers.get(SIGNATURE) ?? ""],
    [
      "the secret itself for a key",
      (): string => signWebhook(BODY, { secret: WEBHOOK_SECRET.slice(6) }).headers.get(SIGNATURE) ?? "",
    ],
    ["another version's label", (): string => own().replace("v1,", "v9,")],
    ["no label", (): string => own().slice(3)],
    ["a signature cut short", (): string => own().slice(0, -8)],
    ["a signature without its padding and last letter", (): string => own().replace(/.=$/, "")],
    ["an empty signature", (): string => "v1,"],
    ["garbage", (): string => "v1,!!!!"],
    ["two wrong ones", (): string => "v1,AAAA v1,BBBB"],
    ["two glued by a comma", (): string => `v1,AAAA,${own().slice(3)}`],
  ] as const)("is invalid with %s", ([, signature]) => {
    const forged = change(delivery(), { [SIGNATURE]: signature() });
    expect(verifyWebhook([WEBHOOK_SECRET], forged).kind).toBe("invalid");
  });

  it.for([
    ["another id", { "webhook-id": "msg_2" }],
    ["another second", { "webhook-timestamp": String(NOW_MS / 1000 + 1) }],
    ["its time in milliseconds", { "webhook-timestamp": String(NOW_MS) }],
    ["its time with a sign", { "webhook-timestamp": `+${NOW_MS / 1000}` }],
    ["its time in another notation", { "webhook-timestamp": `${NOW_MS / 1_000_000}e3` }],
    ["its time as a date", { "webhook-timestamp": "Mon, 23 Nov 2026 10:00:00 GMT" }],
    ["no number for a time", { "webhook-timestamp": "NaN" }],
  ] as const)("is not valid with %s", ([, headers]) => {
    expect(verifyWebhook([WEBHOOK_SECRET], change(delivery(), headers)).kind).not.toBe("valid");
  });

  it("is invalid under the library's own names when ours are there and wrong", () => {
    const { headers, body } = delivery();
    const smuggled = new Headers({
      "svix-id": headers.get("webhook-id") ?? "",
      "svix-timestamp": headers.get("webhook-timestamp") ?? "",
      "svix-signature": headers.get(SIGNATURE) ?? "",
      "webhook-id": "msg_2",
      "webhook-timestamp": headers.get("webhook-timestamp") ?? "",
      "webhook-signature": headers.get(SIGNATURE) ?? "",
    });
    expect(verifyWebhook([WEBHOOK_SECRET], { headers: smuggled, body }).kind).toBe("invalid");
  });

  it("is invalid when id and time are cut elsewhere, although the signed text is the same", () => {
    const { headers, body } = signWebhook(BODY, { id: "msg_1.5" });
    const forged = change(
      { headers, body: `${headers.get("webhook-timestamp")}.${body}` },
      { "webhook-id": "msg_1", "webhook-timestamp": "5" },
    );
    expect(verifyWebhook([WEBHOOK_SECRET], forged).kind).not.toBe("valid");
  });
});

const VECTORS = inProject("..", "shared", "oracle", "webhook-signature-vectors.json");
const Vectors = z.object({
  secret: z.string(),
  rows: z.array(
    z.object({
      name: z.string(),
      now: z.number(),
      headers: z.record(z.string(), z.string()),
      body: z.string(),
      expect: z.string(),
    }),
  ),
});

describe.skipIf(!existsSync(VECTORS))("the published vectors (beside the repository, else skipped)", () => {
  it("are judged as they say", () => {
    const { secret, rows } = Vectors.parse(JSON.parse(readFileSync(VECTORS, "utf8")));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      vi.setSystemTime(row.now * 1000);
      const result = verifyWebhook([secret], { headers: new Headers(row.headers), body: row.body });
      expect(result.kind, row.name).toBe(row.expect);
    }
  });
});
