import { describe, expect, it } from "vitest";
import { FORGERIES, signatureOf, signedHeaders } from "./sign.ts";

const SECRETS = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH"] as const;
const BODY = Buffer.from('{"test": 2432232314}');
const ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const headersOf = (forgery: string) =>
  signedHeaders({ secrets: SECRETS, id: ID, timestampSeconds: 1_614_265_330, body: BODY, forgery });

describe("signing", () => {
  it("gives the official vector", () => {
    expect(signatureOf(SECRETS[0], ID, 1_614_265_330, BODY)).toBe(
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    );
  });

  it("covers every byte of the body, the id and the timestamp", () => {
    const signature = signatureOf(SECRETS[0], ID, 1_614_265_330, BODY);
    expect(signatureOf(SECRETS[0], `${ID}x`, 1_614_265_330, BODY)).not.toBe(signature);
    expect(signatureOf(SECRETS[0], ID, 1_614_265_331, BODY)).not.toBe(signature);
    expect(signatureOf(SECRETS[0], ID, 1_614_265_330, Buffer.from('{"test":2432232314}'))).not.toBe(
      signature,
    );
  });
});

describe("forgeries", () => {
  const genuine = headersOf("")["webhook-signature"] ?? "";

  it("are genuine only where they say so", () => {
    const holding = FORGERIES.filter((forgery) => {
      const headers = headersOf(forgery);
      return (
        headers["webhook-id"] === ID && (headers["webhook-signature"] ?? "").split(" ").includes(genuine)
      );
    });
    expect(holding).toEqual(["", "two-signatures", "both-secrets"]);
  });

  it("of the rotation kind are signed with the second secret", () => {
    const old = signatureOf(SECRETS[1], ID, 1_614_265_330, BODY);
    expect(headersOf("old-secret")["webhook-signature"]).toBe(old);
    expect(headersOf("both-secrets")["webhook-signature"]).toBe(`${genuine} ${old}`);
  });
});
