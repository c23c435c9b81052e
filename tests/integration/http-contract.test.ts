import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { EMPTY_DRAFT } from "@/app/_composer/draft";
import packageJson from "@/package.json";
import { expectEnvelope, openSite, type Person, withoutSignedCopy } from "@/tests/support/site";
import { isOnWorkers } from "@/tests/support/start-app";

const site = await openSite();
let person: Person;
beforeAll(async () => {
  person = await site.signUp();
});
const SUBMIT = { model: "flux-schnell", inputPrompt: "a fox", aspectRatio: "1:1" };
const DRAFT = { draft: { ...EMPTY_DRAFT, text: "a fox" }, changedAt: "2026-11-29T06:00:00.000Z" };

/** Every route of a person's, with a request that would be sound. */
const ROUTES = [
  ["POST", "/api/generate", SUBMIT],
  ["POST", "/api/task", { fluxId: "gen_1" }],
  ["GET", "/api/task", undefined],
  ["POST", "/api/task/gen_1/cancel", undefined],
  ["DELETE", "/api/task/gen_1", undefined],
  ["GET", "/api/task/events", undefined],
  ["POST", "/api/prompt", { prompt: "a fox" }],
  ["GET", "/api/credits", undefined],
  ["GET", "/api/draft", undefined],
  ["PUT", "/api/draft", DRAFT],
  ["GET", "/api/appeals", undefined],
  ["POST", "/api/appeals", { subject: "gen_1" }],
] as const;
const UNSAFE = ROUTES.filter(([method]) => method !== "GET");
const WITH_BODY = ROUTES.filter(([, , body]) => body !== undefined);

describe("without a session", () => {
  it.for(ROUTES)("%s %s is 401", async ([method, path, body]) => {
    expectEnvelope(await site.ask(path, { method, body }), 401, "unauthenticated");
  });

  it.for([
    ["a made-up cookie", "sunprint.session_token=abc.def"],
    ["an unsigned one", "sunprint.session_token=abc"],
    ["another program's", "better-auth.session_token=abc.def"],
  ] as const)("and with %s it is 401", async ([, cookie]) => {
    expectEnvelope(await site.ask("/api/credits", { headers: { cookie } }), 401, "unauthenticated");
  });

  it("and with another person's cookie, its signature changed, it is 401", async () => {
    const forged = person.cookie.replace(/session_token=([^;]+)/, (token) => `${token.slice(0, -6)}AAAAA=`);
    const cookie = withoutSignedCopy(forged);
    expectEnvelope(await site.ask("/api/credits", { headers: { cookie } }), 401, "unauthenticated");
  });

  it("and after signing out it is 401 where it costs money, at once", async () => {
    const leaving = await site.signUp();
    await site.ask("/api/auth/sign-out", {
      method: "POST",
      person: leaving,
      body: {},
      headers: { origin: site.app().url },
    });
    expectEnvelope(await site.generate(leaving), 401, "unauthenticated");
  });
});

describe("the origin of an unsafe request", () => {
  it.for(UNSAFE)("another site's is refused: %s %s", async ([method, path, body]) => {
    for (const headers of [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: `${site.app().url}.evil.example` },
      // Wrangler's own proxy writes a header anew that names the site under another scheme.
      ...(isOnWorkers ? [] : [{ origin: site.app().url.replace("http:", "https:") }]),
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: site.app().url, "sec-fetch-site": "cross-site" },
    ]) {
      expectEnvelope(await site.ask(path, { method, body, person, headers }), 403, "forbidden");
    }
  });

  it("our own is accepted, by each of loopback's names, and so is a program that sends none", async () => {
    const { url } = site.app();
    for (const headers of [
      { origin: url },
      { origin: url.replace("localhost", "127.0.0.1") },
      { origin: url, "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "none" },
      {},
    ]) {
      const answer = await site.ask("/api/task", { person, body: { fluxId: "gen_1" }, headers });
      expectEnvelope(answer, 404, "not_found");
    }
  });

  it("does not matter to a read", async () => {
    const answer = await site.ask("/api/credits", { person, headers: { origin: "https://evil.example" } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("a body", () => {
  it.for(WITH_BODY)(
    "with a field that is none of %s %s's is refused by its name",
    async ([method, path, body]) => {
      const { issues } = expectEnvelope(
        await site.ask(path, { method, person, body: { ...body, balance: 1_000_000 } }),
        400,
        "invalid_request",
      );
      expect(issues).toEqual([{ path: "balance", message: "is not a field of this request" }]);
    },
  );

  it.for([
    ["nothing", ""],
    ["half of it", '{"fluxId":'],
    ["a page", "<html></html>"],
    ["two values", "{} {}"],
    ["null", "null"],
    ["a list", "[]"],
    ["a number", "7"],
    ["ten thousand lists", "[".repeat(10_000)],
    ["a NUL inside", '{"fluxId":"gen\\u0000"}'],
    ["half of a character", '{"fluxId":"\\ud83d"}'],
    ["a __proto__ of its own", '{"fluxId":"gen_1","__proto__":{"admin":true}}'],
    ["a byte order mark", '\ufeff{"fluxId":"gen_1"}'],
  ] as const)("of %s is 400", async ([, body]) => {
    expectEnvelope(await site.ask("/api/task", { method: "POST", person, body }), 400, "invalid_request");
  });

  it("that is not UTF-8 is 400, and so is a compressed one", async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"fluxId":"'),
      Buffer.from([0xff, 0xc3, 0x28]),
      Buffer.from('"}'),
    ]);
    expectEnvelope(await site.ask("/api/task", { person, body: bytes }), 400, "invalid_request");
    const headers = { "content-encoding": "gzip" };
    const packed = gzipSync(Buffer.alloc(50_000_000, 0x20));
    expectEnvelope(await site.ask("/api/task", { person, body: packed, headers }), 400, "invalid_request");
  });

  it.for(WITH_BODY)("of more than 64 kB is 413: %s %s", async ([method, path]) => {
    const body = JSON.stringify({ fluxId: "x".repeat(64_001) });
    expectEnvelope(await site.ask(path, { method, person, body }), 413, "payload_too_large");
  });

  it("of more than 64 kB is 413 too when it does not say how long it is", async () => {
    const chunk = new TextEncoder().encode("x".repeat(10_000));
    let chunks = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        chunks += 1;
        if (chunks > 2_000) {
          controller.close();
        } else {
          controller.enqueue(chunk);
        }
      },
    });
    const init: RequestInit & { duplex: "half" } = {
      method: "POST",
      body: stream,
      duplex: "half",
      headers: { cookie: person.cookie, "content-type": "application/json" },
    };
    const response = await fetch(`${site.app().url}/api/task`, init);
    expect(response.status).toBe(413);
    // Workers hear of a body's length at its end.
    expect(chunks).toBeLessThan(isOnWorkers ? 2_002 : 1_000);
  });
});

describe("what a page loads", () => {
  it("has names of its contents, so a browser asks once", async () => {
    const { text } = await site.ask("/sign-in", { person: null });
    const files = [...new Set(text.match(/\/_next\/static\/[^"\\ )]+\.(?:js|css|woff2)/g))];
    expect(files.map((file) => file.slice(file.lastIndexOf(".")))).toEqual(
      expect.arrayContaining([".js", ".css", ".woff2"]),
    );
    for (const file of files) {
      const { status, headers } = await site.ask(file, { person: null });
      expect([file, status]).toEqual([file, 200]);
      expect(headers.get("cache-control")?.replaceAll(" ", "")).toBe("public,max-age=31536000,immutable");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });
});

describe("every answer", () => {
  it("has a request id of its own, and is nobody else's to keep", async () => {
    const answers = await Promise.all(
      [1, 2].map(() => site.ask("/api/credits", { person })).concat(site.ask("/api/task", { person })),
    );
    const ids = answers.map(({ headers }) => headers.get("x-request-id"));
    expect(new Set(ids).size).toBe(3);
    expect(ids.every((id) => /^req_[0-9a-z]{26}$/.test(id ?? ""))).toBe(true);
    for (const { headers } of answers) {
      expect(headers.get("cache-control")).toBe("private, no-store");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  it.for([
    ["GET", "/api/none"],
    ["POST", "/api/v9/generate"],
    ["GET", "/api/task/gen_1/none/at/all"],
    // There is nothing here without its token in the environment.
    ["GET", "/api/metrics"],
    ["PUT", "/api/none"],
    ["DELETE", "/api/none"],
    ["GET", "/api/%00"],
    ["GET", "/api/..%2f..%2fetc%2fpasswd"],
    ["GET", "/api/%ED%A0%80"],
    ["GET", "/api/%C0%AF"],
    ["GET", "/api/%E0%A4%A"],
    ["POST", "/api/%"],
    ["GET", "/api/%zz/%F4%90%80%80"],
  ] as const)("to %s %s is the envelope of a 404", async ([method, path]) => {
    expectEnvelope(await site.ask(path, { method }), 404, "not_found");
  });

  it.for([
    ["PATCH", "/api/generate"],
    ["GET", "/api/generate"],
    ["PUT", "/api/credits"],
    ["DELETE", "/api/models"],
    ["POST", "/img/img_1"],
    ["PUT", "/api/auth/sign-in/email"],
  ] as const)("to the wrong method %s %s is a 405 that names the right ones", async ([method, path]) => {
    const answer = await site.ask(path, { method, person });
    expectEnvelope(answer, 405, "method_not_allowed");
    const allowed = (answer.headers.get("allow") ?? "").split(", ");
    expect(allowed).toContain("OPTIONS");
    expect(allowed).not.toContain(method);
    const options = await site.ask(path, { method: "OPTIONS" });
    expect(options.headers.get("allow")).toBe(answer.headers.get("allow"));
  });

  it("to an internal header of the framework's is the same as without it", async () => {
    for (const headers of [
      { "x-middleware-subrequest": "middleware:middleware:middleware" },
      { "x-forwarded-host": "evil.example" },
    ]) {
      expectEnvelope(await site.ask("/api/credits", { headers }), 401, "unauthenticated");
    }
    const action = await site.ask("/api/credits", {
      method: "POST",
      headers: { "next-action": "x".repeat(40) },
    });
    expect(action.status).toBeGreaterThanOrEqual(400);
    expect(action.status).toBeLessThan(500);
  });
});

describe("health and the catalogue", () => {
  it("tell everybody how the three things stand", async () => {
    const { status, json } = await site.ask("/api/health");
    expect(status).toBe(200);
    expect(json).toEqual({
      status: "ok",
      checks: { database: "ok", gateway: "ok", storage: "ok" },
      version: packageJson.version,
    });
  });

  it("have every model with its price, and nothing of what is behind it", async () => {
    const { status, text, json } = await site.ask("/api/models");
    expect(status).toBe(200);
    expect(text).not.toMatch(/black-forest|costUsd|upstream/i);
    expect(json).toMatchObject({
      models: [
        { id: "flux-pro", credits: 20 },
        { id: "flux-dev", credits: 10 },
        { id: "flux-schnell", credits: 5 },
        { id: "flux-general", credits: 10, takesLora: true },
        { id: "flux-freeSchnell", credits: 0, isFree: true },
        { id: "gemini-1.5-flash", credits: 0 },
        { id: "gemini-1.5-pro", credits: 0 },
      ],
    });
  });
});
