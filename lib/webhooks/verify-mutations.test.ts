import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signWebhook, WEBHOOK_SECRET } from "@/tests/support/sign-webhook";
import { verifyWebhook } from "./verify";

const BODY = JSON.stringify({
  id: "gm3qorzdhgbfurvjtvhg6dckhu",
  status: "succeeded",
  output: ["https://a.b/c"],
});
const PARTS = ["webhook-id", "webhook-timestamp", "webhook-signature", "body"] as const;

type Edit = { at: number; replacement: string; removed: number };

function edit(text: string, { at, replacement, removed }: Edit): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + replacement + text.slice(start + removed);
}

const edits = fc.record({
  at: fc.nat(400),
  removed: fc.nat(6),
  replacement: fc.string({
    unit: fc.constantFrom(...Array.from('abzAZ019+/=.,:; {}"v\u00e9')),
    maxLength: 6,
  }),
});

describe("[F-24] of mutations of one genuine delivery", () => {
  const genuine = signWebhook(BODY, { id: "msg_p5jXN8AQM9LWM0D4loKWxJek" });
  const original = {
    "webhook-id": genuine.headers.get("webhook-id") ?? "",
    "webhook-timestamp": genuine.headers.get("webhook-timestamp") ?? "",
    "webhook-signature": genuine.headers.get("webhook-signature") ?? "",
    body: genuine.body,
  };

  it("none is accepted: 20,000 edits of any part", () => {
    let tried = 0;
    const property = fc.property(
      fc.array(fc.tuple(fc.constantFrom(...PARTS), edits), { minLength: 1, maxLength: 3 }),
      (changes) => {
        const mutated = { ...original };
        for (const [part, change] of changes) {
          mutated[part] = edit(mutated[part], change);
        }
        const { body, ...headers } = mutated;
        fc.pre(!isSameDelivery(mutated));
        tried += 1;
        const result = verifyWebhook([WEBHOOK_SECRET], { headers: new Headers(headers), body });
        expect(result.kind).not.toBe("valid");
      },
    );
    fc.assert(property, { numRuns: 20_000 });
    expect(tried).toBe(20_000);
  });

  it("none is accepted: each single bit of the signature", () => {
    const bytes = Buffer.from(original["webhook-signature"].slice(3), "base64");
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const headers = new Headers(genuine.headers);
      headers.set("webhook-signature", `v1,${flipped.toString("base64")}`);
      expect(verifyWebhook([WEBHOOK_SECRET], { headers, body: BODY }).kind).toBe("invalid");
    }
  });

  it("none is accepted: each single character of the body", () => {
    for (let at = 0; at < BODY.length; at++) {
      const body = edit(BODY, { at, removed: 1, replacement: BODY[at] === "x" ? "y" : "x" });
      expect(verifyWebhook([WEBHOOK_SECRET], { headers: genuine.headers, body }).kind).toBe("invalid");
    }
  });

  /** White space around a header's value is not part of it, and the genuine signature may have company. */
  function isSameDelivery(mutated: typeof original): boolean {
    const signatures = mutated["webhook-signature"]
      .split(" ")
      .map((item) => item.split(",").slice(0, 2).join(","));
    return (
      mutated.body === original.body &&
      mutated["webhook-id"].trim() === original["webhook-id"] &&
      mutated["webhook-timestamp"].trim() === original["webhook-timestamp"] &&
      signatures.includes(original["webhook-signature"])
    );
  }
});
