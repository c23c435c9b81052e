import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { setInterval } from "node:timers";
import { afterAll, describe, expect, it } from "vitest";
import { startServer } from "@/tests/support/start-server";
import { waitFor } from "@/tests/support/wait-for";
import { createFetchTransport } from "./fetch-transport";
import { type HttpResponse, type HttpTransport, readText, TransportError } from "./transport";
import { createUndiciTransport } from "./undici-transport";

/** More than the buffers of two sockets hold, written as fast as it is taken. */
const HUGE_BYTES = 32_000_000;
const huge = { written: 0, isClosed: false };

const server = await startServer({
  "/echo": (request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      response.writeHead(201, { "content-type": "application/json", "x-twice": ["a", "b"] });
      response.end(JSON.stringify({ method: request.method, headers: request.headers, body }));
    });
  },
  "/redirect": (_request, response) => {
    response.writeHead(307, { location: "/echo" }).end();
  },
  "/reset": (_request, response) => {
    response.destroy();
  },
  "/reset-in-body": (_request, response) => {
    response.writeHead(200, { "content-length": 100 }).write("half", () => response.destroy());
  },
  "/silence": () => {},
  "/headers-then-silence": (_request, response) => {
    response.writeHead(200).flushHeaders();
  },
  "/slow-loris": (_request, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write("x"), 5);
    response.on("close", () => clearInterval(timer));
  },
  "/garbage": (_request, response) => {
    response.socket?.end("SSH-2.0-OpenSSH_9.6\r\n");
  },
  "/large": (_request, response) => {
    response.end("x".repeat(50_000));
  },
  "/huge": (_request, response) => {
    Object.assign(huge, { written: 0, isClosed: false });
    response.on("close", () => {
      huge.isClosed = true;
    });
    const chunks = function* () {
      for (; huge.written < HUGE_BYTES; huge.written += 64_000) {
        yield Buffer.alloc(64_000, String(huge.written));
      }
    };
    Readable.from(chunks()).pipe(response);
  },
});
afterAll(server.stop);

function getWith(
  send: HttpTransport,
  path: string,
  { base = server.url, timeoutMs = 25_000, method = "GET" as "GET" | "POST" } = {},
) {
  const signal = AbortSignal.timeout(timeoutMs);
  return send({
    method,
    url: `${base}${path}`,
    headers: {},
    signal,
    ...(method === "POST" ? { body: "{}" } : {}),
  });
}

async function failureOf(job: Promise<HttpResponse>): Promise<unknown> {
  try {
    return await readText(await job, 1_000);
  } catch (error) {
    return error;
  }
}

describe.for([
  ["Node's", createUndiciTransport()],
  ["that of Workers", createFetchTransport()],
] as const)("by the transport, %s:", ([, send]) => {
  const get = (path: string, options: Parameters<typeof getWith>[2] = {}) => getWith(send, path, options);

  describe("a request that is answered", () => {
    it("arrives as it was built, and its answer as it was given", async () => {
      const response = await send({
        method: "POST",
        url: `${server.url}/echo?a=1`,
        headers: { "content-type": "application/json", "cf-aig-skip-cache": "true" },
        body: '{"prompt":"狐狸"}',
        signal: AbortSignal.timeout(25_000),
      });
      expect(response.status).toBe(201);
      expect(response.header("content-type")).toBe("application/json");
      expect(response.header("x-twice")).toBe("a, b");
      expect(response.header("x-missing")).toBeUndefined();
      expect(JSON.parse(await readText(response, 10_000))).toMatchObject({
        method: "POST",
        body: '{"prompt":"狐狸"}',
        headers: { "cf-aig-skip-cache": "true" },
      });
    });

    it("is not sent on to where a redirect points", async () => {
      server.asked.length = 0;
      const response = await get("/redirect", { method: "POST" });
      expect(response.status).toBe(307);
      await readText(response, 1_000);
      expect(server.asked).toEqual(["/redirect"]);
    });

    it("is read no further than the reader's limit", async () => {
      await expect(failureOf(get("/large"))).resolves.toMatchObject({ wasSent: true, isTimeout: false });
    });
  });

  describe("a large answer", () => {
    it("arrives whole and in order at a reader who takes his time", async () => {
      const response = await get("/huge", { timeoutMs: 30_000 });
      const hash = createHash("sha256");
      for await (const chunk of response.body) {
        hash.update(chunk);
        await new Promise((resolve) => setImmediate(resolve));
      }
      const wanted = createHash("sha256");
      for (let at = 0; at < HUGE_BYTES; at += 64_000) {
        wanted.update(Buffer.alloc(64_000, String(at)));
      }
      expect(hash.digest("hex")).toBe(wanted.digest("hex"));
    });

    it("is held back while nobody reads, and let go of by a reader who leaves", async () => {
      const response = await get("/huge", { timeoutMs: 30_000 });
      const chunks = response.body[Symbol.asyncIterator]();
      await chunks.next();
      let before = -1;
      await waitFor(
        () => {
          const isStill = huge.written === before;
          before = huge.written;
          return isStill;
        },
        { what: "the server to wait" },
      );
      expect(huge.written).toBeLessThan(HUGE_BYTES / 2);
      await chunks.return?.();
      await waitFor(() => huge.isClosed, { what: "the connection to close" });
    });
  });

  describe("a request whose fate is unknown", () => {
    it.for(["/reset", "/reset-in-body", "/garbage"])("was sent, once, and lost: %s", async (path) => {
      server.asked.length = 0;
      const failure = await failureOf(get(path, { method: "POST" }));
      expect(failure).toBeInstanceOf(TransportError);
      expect(failure).toMatchObject({ wasSent: true, isTimeout: false });
      expect(server.asked).toEqual([path]);
    });

    it.for(["/silence", "/headers-then-silence", "/slow-loris"])(
      "is ended by its total deadline, even while bytes trickle in: %s",
      async (path) => {
        server.asked.length = 0;
        const failure = await failureOf(get(path, { method: "POST", timeoutMs: 1_000 }));
        expect(failure).toMatchObject({ name: "TransportError", wasSent: true, isTimeout: true });
        expect(server.asked).toEqual([path]);
      },
    );
  });
});

describe("a request that certainly never left", () => {
  it("met a closed port", async () => {
    const gone = await startServer({});
    await gone.stop();
    await expect(
      failureOf(getWith(createUndiciTransport(), "/", { base: gone.url, method: "POST" })),
    ).resolves.toMatchObject({
      wasSent: false,
      isTimeout: false,
    });
  });

  it("had a name that nobody knows", async () => {
    const failure = await failureOf(
      getWith(createUndiciTransport(), "/", { base: "http://nowhere.invalid", method: "POST" }),
    );
    expect(failure).toMatchObject({ wasSent: false, isTimeout: false });
  });

  it("was given up before a connection was free", async () => {
    server.asked.length = 0;
    const send = createUndiciTransport();
    const busy = Array.from({ length: 64 }, () => getWith(send, "/silence", { timeoutMs: 60_000 }));
    const silenced = Promise.allSettled(busy);
    await waitFor(() => server.asked.filter((path) => path === "/silence").length >= 64, {
      what: "every connection to be taken",
    });
    server.asked.length = 0;
    const failure = await failureOf(getWith(send, "/echo", { method: "POST", timeoutMs: 100 }));
    expect(failure).toMatchObject({ name: "TransportError", wasSent: false, isTimeout: true });
    expect(server.asked).toEqual([]);
    server.hangUp();
    await silenced;
    // What was given up is not sent when a connection comes free, either.
    await expect(failureOf(getWith(send, "/large"))).resolves.toBeInstanceOf(TransportError);
    expect(server.asked).toEqual(["/large"]);
  });

  it("is no request at all", async () => {
    const broken = { method: "POST", url: server.url, headers: { "x-a": "a\nb" }, body: "{}" } as const;
    const job = createUndiciTransport()({ ...broken, signal: AbortSignal.timeout(25_000) });
    await expect(failureOf(job)).resolves.toMatchObject({ name: "TransportError", wasSent: false });
  });

  it("had a caller who had given up already", async () => {
    server.asked.length = 0;
    const request = { method: "POST", url: `${server.url}/echo`, headers: {}, body: "{}" } as const;
    const failure = await failureOf(createUndiciTransport()({ ...request, signal: AbortSignal.abort() }));
    expect(failure).toMatchObject({ wasSent: false });
    expect(server.asked).toEqual([]);
  });
});
