import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { ErrorEnvelope } from "@/lib/contracts/error";
import { type Answer, expectEnvelope, openSite, type Person } from "@/tests/support/site";
import { timed } from "@/tests/support/timed";
import { waitFor } from "@/tests/support/wait-for";

const site = await openSite({ env: { SIGNUP_CREDITS: "100000" } });
let person: Person;
beforeAll(async () => {
  person = await site.signUp();
});
const POSTS = [
  "/api/generate",
  "/api/task",
  "/api/prompt",
  "/api/webhooks/replicate",
  "/api/auth/sign-in/email",
  "/api/auth/sign-up/email",
  "/api/task/gen_1/cancel",
  "/api/none",
];
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "PROPFIND"];
const ADDRESSES = [
  ...POSTS,
  "/api/health",
  "/api/models",
  "/api/credits",
  "/api/draft",
  "/api/task/gen_1",
  "/img/img_1",
];

const isEnvelope = ({ json }: Answer) => ErrorEnvelope.safeParse(json).success;

/** Refused as promised, or served; never a fault of ours. */
function expectNoFault(answer: Answer, what: string): void {
  expect(answer.status, `${what}: ${answer.text.slice(0, 200)}`).toBeLessThan(500);
  expect(answer.text).not.toMatch(/node_modules|PostgresError|DrizzleQueryError|at \w+ \(/);
}

/**
 * Bytes on a socket of our own, and pauses in milliseconds. Answers with what came back until it matched, the other side
 * closed, or the time was over; then hangs up.
 */
async function raw(
  parts: (string | Buffer | number)[],
  { until, timeoutMs = 30_000 }: { until?: RegExp; timeoutMs?: number } = {},
): Promise<string> {
  const { port } = new URL(site.app().url);
  const socket = connect(Number(port), "127.0.0.1");
  let received = "";
  const enough = new Promise<void>((resolve) => {
    socket.on("data", (data) => {
      received += data.toString("latin1");
      if (until?.test(received)) {
        resolve();
      }
    });
    socket.on("close", () => resolve());
    socket.on("error", () => resolve());
  });
  for (const part of parts) {
    if (typeof part === "number") {
      await sleep(part);
    } else if (!socket.destroyed) {
      socket.write(part);
    }
  }
  await Promise.race([enough, sleep(timeoutMs, undefined, { ref: false })]);
  socket.destroy();
  return received;
}
const head = (path: string, length: number | string, more = "") =>
  `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncookie: ${person.cookie}\r\ncontent-type: application/json\r\n` +
  `${typeof length === "number" ? `content-length: ${length}` : length}\r\n${more}\r\n`;

describe("any method at any address", () => {
  it("is answered without a fault of ours, with a request id wherever a route answers", async () => {
    for (const path of ADDRESSES) {
      for (const method of METHODS) {
        const answer = await site.ask(path, { method, person });
        expectNoFault(answer, `${method} ${path}`);
        // Next itself refuses a method that it has not heard of, and Better Auth has answers of its own.
        const isOurs = !["HEAD", "PROPFIND"].includes(method) && !path.startsWith("/api/auth/");
        expect(
          answer.status < 400 || !isOurs || isEnvelope(answer),
          `${method} ${path}: ${answer.text}`,
        ).toBe(true);
      }
    }
  });

  it.for([
    "/%ED%A0%80",
    "/zh/%E0%A4%A",
    "/create/%",
    "/%00",
    "/..%2f..%2fetc%2fpasswd",
    `/${"x".repeat(4_000)}`,
  ])("a page that cannot be is a 404: %s", async (path) => {
    expect((await site.ask(path)).status).toBe(404);
  });
});

describe("a body of garbage", () => {
  it("of random bytes, under any content type, is never a fault of ours", async () => {
    const types = [
      "application/json",
      "text/plain",
      "multipart/form-data",
      "application/x-www-form-urlencoded",
      ";;;",
    ];
    for (const path of POSTS) {
      for (const [index, type] of types.entries()) {
        const body = index === 0 ? Buffer.alloc(0) : randomBytes(10 ** index);
        const answer = await site.ask(path, {
          method: "POST",
          person,
          body,
          headers: { "content-type": type },
        });
        expectNoFault(answer, `${path} as ${type}`);
        expect(answer.status).toBeGreaterThanOrEqual(400);
      }
    }
  });

  it("of any JSON is refused or served, and only ever names what is wrong with it", async () => {
    const names = [
      "model",
      "inputPrompt",
      "aspectRatio",
      "numOutputs",
      "seed",
      "loraScale",
      "isPrivate",
      "locale",
    ];
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(
        -0,
        1e308,
        2 ** 53,
        "1e3",
        "true",
        -1,
        0.5,
        "\u0000",
        "\ud83d",
        "\u202e",
        "e\u0301".repeat(999),
      ),
    );
    const bodies = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(fc.constantFrom(...names, "constructor", "__proto__", "toString"), odd, { maxKeys: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("/api/generate", "/api/task", "/api/prompt"),
        bodies,
        async (path, body) => {
          const text = JSON.stringify(body) ?? "null";
          const answer = await site.ask(path, { method: "POST", person, body: text });
          expectNoFault(answer, `${path} ${text}`);
          expect(answer.status < 400 || isEnvelope(answer)).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  it.for([
    ["reset-password", { token: "\u0000", newPassword: "a password that is long enough" }],
    [
      "sign-up/email",
      { name: "a\u0000", email: "nul@example.com", password: "a password that is long enough" },
    ],
    ["sign-in/email", { email: "nul@example.com", password: "\u0000".repeat(12) }],
  ] as const)(
    "[F-79] with a NUL is refused where people sign in, too, and is no fault: %s",
    async ([path, body]) => {
      const headers = { origin: site.app().url };
      const answer = await site.ask(`/api/auth/${path}`, { method: "POST", body, headers });
      expectNoFault(answer, path);
      expect(answer.status).toBeGreaterThanOrEqual(400);
    },
  );

  it("[F-78] with ten thousand fields, or ten thousand levels, is 400 at once", async () => {
    const many = Object.fromEntries(Array.from({ length: 4_000 }, (_, index) => [`f${index}`, 1]));
    const deep = `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`;
    for (const body of [JSON.stringify(many), deep]) {
      const limitMs = 2_000;
      const ask = () => site.ask("/api/generate", { method: "POST", person, body });
      const { result, ms } = await timed(ask, { limitMs });
      expectEnvelope(result, 400, "invalid_request");
      expect(ms).toBeLessThan(limitMs);
    }
  });
});

describe("[F-78] a body that is far too large", () => {
  it.for(POSTS.filter((path) => !path.endsWith("/cancel") && path !== "/api/none"))(
    "is 413 at %s as soon as it says so, and none of it is kept",
    async (path) => {
      const answer = await raw([head(path, 100_000_000), Buffer.alloc(100_000, 0x20)], {
        until: /requestId/,
      });
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(answer).toContain('"reason":"payload_too_large"');
    },
  );

  it("is 413 at sign-in too when it does not say how large it is", async () => {
    const chunk = `ffff\r\n${" ".repeat(0xffff)}\r\n`;
    const answer = await raw([head("/api/auth/sign-in/email", "transfer-encoding: chunked"), chunk, chunk], {
      until: /requestId/,
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });
});

describe("a slow client", () => {
  it("[F-28] that sends a byte a second is told after eight seconds, and held nobody up", async () => {
    const drip = Array.from({ length: 12 }, (): (string | number)[] => [" ", 1_000]).flat();
    const slow = raw([head("/api/task", 1_000), ...drip], { until: /requestId/ });
    const answers = await Promise.all(Array.from({ length: 20 }, () => site.ask("/api/credits", { person })));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const answer = await slow;
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain("did not arrive in time");
  });

  it("[F-15] that hangs up at any quarter of a submit leaves one whole task, or none", async () => {
    const body = JSON.stringify({ model: "flux-schnell", inputPrompt: "a fox", aspectRatio: "1:1" });
    const request = head("/api/generate", body.length) + body;
    for (const part of [0.25, 0.5, 0.75]) {
      await raw([request.slice(0, Math.floor(request.length * part))], { timeoutMs: 50 });
    }
    await raw([request], { timeoutMs: 2_000 });
    const tasks = () => site.owner`
      select g.state from generations g join users u on u.id = g.user_id where u.email = ${person.email}
         and g.prompt = 'a fox' and g.model = 'flux-schnell' and g.seed is not null`;
    await waitFor(async () => (await tasks()).length >= 1, { what: "the whole submit's task" });
    await waitFor(async () => (await tasks()).every(({ state }) => state === "succeeded"), {
      what: "its end, with nobody there",
    });
    expect(await tasks()).toHaveLength(1);
  });

  it("that speaks no HTTP, or two lengths at once, is refused by the server itself", async () => {
    for (const bytes of [
      "hello\r\n\r\n",
      randomBytes(500),
      head("/api/task", 5, "transfer-encoding: chunked\r\n"),
      `GET /api/health HTTP/1.1\r\nhost: localhost\r\nx-large: ${"x".repeat(20_000)}\r\n\r\n`,
    ]) {
      expect(await raw([bytes], { until: /^HTTP/, timeoutMs: 2_000 })).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
    }
    expect((await site.ask("/api/health")).status).toBe(200);
  });
});

describe("headers", () => {
  it("of SQL, markup and paths are words like others", async () => {
    const odd = [
      "' or 1=1 --",
      "<script>alert(1)</script>",
      "../../etc/passwd",
      "{{7*7}}",
      "%00",
      "x".repeat(8_000),
    ];
    for (const value of odd) {
      for (const name of [
        "idempotency-key",
        "last-event-id",
        "if-none-match",
        "accept-language",
        "x-forwarded-for",
      ]) {
        const answer = await site.ask("/api/credits", { person, headers: { [name]: value } });
        expect(answer.status, name).toBe(200);
        expectNoFault(await site.generate(person, { seed: "x" }, { [name]: value }), name);
      }
      expectNoFault(
        await site.ask("/api/credits", { headers: { cookie: `sunprint.session_token=${value}` } }),
        value,
      );
      expectNoFault(await site.ask("/api/credits", { headers: { authorization: `Bearer ${value}` } }), value);
    }
  });
});

it("nothing of all this was a surprise to the server", () => {
  expect(site.app().logs()).not.toMatch(/request\.failed|unhandled|uncaught/i);
});
