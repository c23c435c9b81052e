import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { Bulkhead } from "@/lib/upstream/bulkhead";
import type { HttpTransport } from "@/lib/upstream/transport";
import { createUndiciTransport } from "@/lib/upstream/undici-transport";
import { drawPicture } from "@/tests/support/pictures";
import { startServer } from "@/tests/support/start-server";
import { fetchOutput, OutputError } from "./fetch-output";

const [webp, jpeg, png, gif, avif, tiff] = await Promise.all(
  (["webp", "jpeg", "png", "gif", "avif", "tiff"] as const).map((format) => drawPicture(format)),
);
if (!webp || !jpeg || !png || !gif || !avif || !tiff) {
  throw new Error("the pictures could not be drawn");
}
const svg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><script>1</script></svg>',
);
const html = Buffer.from("<!DOCTYPE html><html><body><img src=x></body></html>");
const hugeSides = Buffer.from(png);
hugeSides.writeUInt32BE(60_000, 16);

type Headers = Record<string, string | number>;
const serve =
  (body: Buffer, headers: Headers = {}, status = 200): Parameters<typeof startServer>[0][string] =>
  (_request, response) => {
    response
      .writeHead(status, { "content-type": "image/webp", "content-length": body.length, ...headers })
      .end(body);
  };
/** Promises the whole length and breaks the connection half way. */
const cut: Parameters<typeof startServer>[0][string] = (_request, response) => {
  response.writeHead(200, { "content-length": webp.length }).write(webp.subarray(0, webp.length / 2), () => {
    response.destroy();
  });
};
const statuses = [301, 302, 307, 308, 400, 401, 403, 404, 408, 410, 429, 500, 502, 503, 504];

const server = await startServer({
  "/webp": serve(webp),
  "/jpeg": serve(jpeg),
  "/png": serve(png),
  "/wrong-header": serve(png, { "content-type": "text/html" }),
  "/no-length": (_request, response) => {
    response.writeHead(200).write(webp.subarray(0, 10), () => response.end(webp.subarray(10)));
  },
  "/gif": serve(gif),
  "/avif": serve(avif),
  "/tiff": serve(tiff),
  "/svg": serve(svg),
  "/html": serve(html),
  "/html-after-signature": serve(Buffer.concat([png.subarray(0, 8), html])),
  "/svg-after-comment": serve(Buffer.concat([Buffer.from("<!-- RIFF WEBP -->"), svg])),
  "/page-behind-webp": serve(Buffer.concat([webp, html])),
  "/page-behind-jpeg": serve(Buffer.concat([jpeg, html])),
  "/page-behind-png": serve(Buffer.concat([png, html])),
  "/half-a-webp": serve(webp.subarray(0, webp.length - 10)),
  "/half-a-jpeg": serve(jpeg.subarray(0, jpeg.length - 10)),
  "/half-a-png": serve(png.subarray(0, png.length - 10)),
  "/empty": serve(Buffer.alloc(0)),
  "/noise": serve(Buffer.alloc(5_000, 0x5a)),
  "/huge-sides": serve(hugeSides),
  "/announced-flood": (_request, response) => {
    response.writeHead(200, { "content-length": 200_000_000 }).write(webp);
  },
  "/flood": (_request, response) => {
    response.writeHead(200);
    const more = () => {
      while (response.write(Buffer.alloc(65_536))) {}
      response.once("drain", more);
    };
    more();
  },
  "/cut": cut,
  "/cut-without-length": (_request, response) => {
    response.writeHead(200).write(webp.subarray(0, webp.length / 2), () => response.destroy());
  },
  "/reset": (_request, response) => {
    response.destroy();
  },
  "/stall": (_request, response) => {
    response.writeHead(200, { "content-length": webp.length }).write(webp.subarray(0, 10));
  },
  "/silence": () => {},
  ...Object.fromEntries(
    statuses.map((status) => [
      `/${status}`,
      serve(webp, { location: "/webp", "content-length": webp.length }, status),
    ]),
  ),
});
afterAll(server.stop);

const send = createUndiciTransport();
const downloads = new Bulkhead(8);
const deliveryHosts = [server.host];
const fetchFrom = (path: string, transport = send) =>
  fetchOutput({ send: transport, downloads, deliveryHosts }, `${server.url}${path}`);
/** Stands in for the 60 s that a fetch may take. */
const impatient: HttpTransport = (request) =>
  send({ ...request, signal: AbortSignal.any([request.signal, AbortSignal.timeout(150)]) });

describe("an output that is a picture", () => {
  it.for([
    ["webp", webp, "image/webp", "webp"],
    ["jpeg", jpeg, "image/jpeg", "jpg"],
    ["png", png, "image/png", "png"],
    ["no-length", webp, "image/webp", "webp"],
    ["wrong-header", png, "image/png", "png"],
  ] as const)("is known by its bytes: %s", async ([path, bytes, contentType, extension]) => {
    const output = await fetchFrom(`/${path}`);
    expect(Buffer.from(output.bytes).equals(bytes)).toBe(true);
    expect(output).toMatchObject({
      contentType,
      extension,
      widthPixels: 64,
      heightPixels: 48,
      contentHash: createHash("sha256").update(bytes).digest("hex"),
    });
  });
});

describe("many outputs at once", () => {
  it("are fetched so many at a time, all of them in the end", async () => {
    let under = 0;
    let most = 0;
    const counting: typeof send = async (request) => {
      under += 1;
      most = Math.max(most, under);
      const response = await send(request);
      const body = (async function* () {
        yield* response.body;
        under -= 1;
      })();
      return { ...response, body };
    };
    const outputs = await Promise.all(Array.from({ length: 40 }, () => fetchFrom("/webp", counting)));
    expect(outputs).toHaveLength(40);
    expect(most).toBe(8);
  });
});

describe("[F-52] an output that is refused", () => {
  it.for([
    "gif",
    "avif",
    "tiff",
    "svg",
    "html",
    "html-after-signature",
    "svg-after-comment",
    "page-behind-webp",
    "page-behind-jpeg",
    "page-behind-png",
    "half-a-webp",
    "half-a-jpeg",
    "half-a-png",
    "empty",
    "noise",
    "huge-sides",
    "announced-flood",
    "flood",
    "301",
    "302",
    "307",
    "308",
    "400",
    "401",
    "403",
  ])("is bad for good: %s", async (path) => {
    await expect(fetchFrom(`/${path}`)).rejects.toMatchObject({ name: "OutputError", kind: "bad" });
  });

  it("is not asked for anywhere else after a redirect", async () => {
    server.asked.length = 0;
    await expect(fetchFrom("/302")).rejects.toBeInstanceOf(OutputError);
    expect(server.asked).toEqual(["/302"]);
  });

  it("is not asked for at all at a host that is not listed", async () => {
    server.asked.length = 0;
    const other = fetchOutput(
      { send, downloads, deliveryHosts: ["replicate.delivery"] },
      `${server.url}/webp`,
    );
    await expect(other).rejects.toMatchObject({ kind: "bad" });
    expect(server.asked).toEqual([]);
  });

  it.for(["404", "410"])("is lost: %s", async (path) => {
    await expect(fetchFrom(`/${path}`)).rejects.toMatchObject({ kind: "lost" });
  });

  it.for(["cut", "cut-without-length", "reset", "408", "429", "500", "502", "503", "504"])(
    "is worth another try: %s",
    async (path) => {
      await expect(fetchFrom(`/${path}`)).rejects.toMatchObject({ kind: "transient" });
    },
  );

  it.for(["stall", "silence"])("is worth another try when time runs out: %s", async (path) => {
    await expect(fetchFrom(`/${path}`, impatient)).rejects.toMatchObject({ kind: "transient" });
  });

  it("is worth another try when nobody listens", async () => {
    const gone = await startServer({});
    await gone.stop();
    const fetching = fetchOutput({ send, downloads, deliveryHosts: [gone.host] }, `${gone.url}/webp`);
    await expect(fetching).rejects.toMatchObject({ kind: "transient" });
  });

  it("holds no connection: a hundred of them do not stand in the way of a good one", async () => {
    const refused = ["/404", "/500", "/302", "/announced-flood"];
    const all = Array.from({ length: 100 }, (_, index) =>
      fetchFrom(refused[index % refused.length] ?? "").catch(() => "refused"),
    );
    expect(new Set(await Promise.all(all))).toEqual(new Set(["refused"]));
    await expect(fetchFrom("/webp")).resolves.toMatchObject({ extension: "webp" });
  });
});

describe("for any bytes at all", () => {
  const send =
    (bytes: Uint8Array): HttpTransport =>
    async () => ({
      status: 200,
      header: () => undefined,
      body: (async function* () {
        yield bytes;
      })(),
    });
  const pictures = [webp, jpeg, png];

  it("the answer is a picture of ours or a refusal, soon", { timeout: 120_000 }, async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .tuple(
          fc.constantFrom(...pictures),
          fc.array(fc.tuple(fc.nat(120), fc.nat(255)), { maxLength: 8 }),
          fc.nat(300),
        )
        .map(([picture, changes, length]) => {
          const spoilt = Uint8Array.from(picture.subarray(0, length));
          for (const [at, value] of changes) {
            spoilt[at % Math.max(1, spoilt.length)] = value;
          }
          return spoilt;
        }),
    );
    const property = fc.asyncProperty(bytes, async (body) => {
      const job = fetchOutput({ send: send(body), downloads, deliveryHosts }, `${server.url}/any`);
      const result = await job.catch((error: unknown) => error);
      const isRefusal = result instanceof OutputError && result.kind === "bad";
      const isPicture = typeof result === "object" && result !== null && "contentHash" in result;
      expect(isRefusal || isPicture).toBe(true);
    });
    // Soon is said of each: how long three thousand take is the machine's.
    await fc.assert(property, { numRuns: 3_000, timeout: 10_000 });
  });
});
