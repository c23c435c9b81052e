/* oxlint-disable vitest/no-standalone-expect -- testScenarios runs every case inside of a test */
import sharp from "sharp";
import { describe, expect } from "vitest";
import { run } from "./support/predict.ts";
import { type ScenarioCase, type Stage, testScenarios } from "./support/scenario-cases.ts";
import { textAt } from "./support/wire.ts";

const STILL_MS = 1500;
const PATIENCE_MS = 50_000;

/** A download as far as it came. */
interface Download {
  status: number;
  headers: Headers;
  bytes: Buffer;
  failure: string;
}

/**
 * It is given up when nothing of it came in time, or, where it never ends, so long after its headers: a picture must be
 * drawn before they are sent.
 */
async function download(
  url: string,
  { timeoutMs = PATIENCE_MS, stillMs = PATIENCE_MS } = {},
): Promise<Download> {
  const patience = new AbortController();
  const got: Download = { status: 0, headers: new Headers(), bytes: Buffer.alloc(0), failure: "" };
  const parts: Uint8Array[] = [];
  let giveUp: NodeJS.Timeout | undefined;
  try {
    const response = await fetch(url, {
      redirect: "manual",
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), patience.signal]),
    });
    got.status = response.status;
    got.headers = response.headers;
    giveUp = setTimeout(
      () => patience.abort(new DOMException("nothing more has come", "TimeoutError")),
      stillMs,
    );
    for await (const part of response.body ?? []) {
      parts.push(part);
    }
  } catch (error) {
    got.failure = error instanceof Error ? `${error.name} ${error.message}` : String(error);
  }
  clearTimeout(giveUp);
  got.bytes = Buffer.concat(parts);
  return got;
}

const outputOf = async ({ emulator }: Stage) =>
  textAt(await run(emulator, { input: { megapixels: "0.25", prompt: "a small lake" } }), "output", 0);

function gets(
  look: (got: Download) => void | Promise<void>,
  options: Parameters<typeof download>[1] = {},
): ScenarioCase {
  return async (stage) => look(await download(await outputOf(stage), options));
}

const short = (got: Download) =>
  expect(got.bytes.length).toBeLessThan(Number(got.headers.get("content-length")));
const isPicture = async (got: Download) => (await sharp(got.bytes).metadata()).format === "webp";

describe("scenarios of output files", () => {
  testScenarios("Output files", {
    "file-truncated": gets((got) => {
      expect(got.failure).not.toBe("");
      expect(got.bytes.length).toBeGreaterThan(0);
      short(got);
    }),
    "file-truncated-once": async (stage) => {
      const url = await outputOf(stage);
      expect((await download(url)).failure).not.toBe("");
      expect(await isPicture(await download(url))).toBe(true);
    },
    "file-stalled": gets(
      (got) => {
        expect(got.failure).toMatch(/Timeout/);
        short(got);
      },
      { stillMs: STILL_MS },
    ),
    "file-slow": gets(
      (got) => {
        expect(got.failure).toMatch(/Timeout/);
        short(got);
      },
      { stillMs: STILL_MS },
    ),
    "file-reset": gets((got) => expect([got.status, got.failure === ""]).toEqual([0, false])),
    "file-silence": gets((got) => expect([got.status, /Timeout/.test(got.failure)]).toEqual([0, true]), {
      timeoutMs: 500,
    }),
    "file-404": gets((got) => expect(got.status).toBe(404)),
    "file-410": gets((got) => expect(got.status).toBe(410)),
    "file-500": gets((got) => expect(got.status).toBe(500)),
    "file-503-once": async (stage) => {
      const url = await outputOf(stage);
      expect((await download(url)).status).toBe(503);
      expect(await isPicture(await download(url))).toBe(true);
    },
    "file-redirect": gets((got) => {
      expect([got.status, got.headers.get("location")]).toEqual([
        302,
        "https://files.example.com/elsewhere.webp",
      ]);
    }),
    "file-redirect-inside": gets((got) => {
      expect([got.status, got.headers.get("location")]).toEqual([
        302,
        "http://169.254.169.254/latest/meta-data/",
      ]);
    }),
    "file-html": gets((got) => {
      expect(got.headers.get("content-type")).toMatch(/text\/html/);
      expect(got.bytes.toString()).toMatch(/^<!DOCTYPE html>/);
    }),
    "file-svg": gets((got) => {
      expect(got.headers.get("content-type")).toBe("image/svg+xml");
      expect(got.bytes.toString()).toContain("<script>");
    }),
    "file-polyglot": gets(async (got) => {
      expect(got.headers.get("content-type")).toBe("image/webp");
      expect(got.bytes.subarray(0, 4).toString()).toBe("RIFF");
      expect(got.bytes.toString("latin1")).toContain("<script>");
      await expect(sharp(got.bytes).raw().toBuffer()).rejects.toThrow(/webp|read|decod/i);
    }),
    "file-mislabelled": gets((got) => {
      expect(got.headers.get("content-type")).toBe("image/webp");
      expect(got.bytes.subarray(0, 6).toString("latin1")).toBe("GIF89a");
    }),
    "file-corrupt": gets(async (got) => {
      expect(got.failure).toBe("");
      expect(got.bytes.subarray(0, 4).toString()).toBe("RIFF");
      await expect(sharp(got.bytes, { failOn: "error" }).raw().toBuffer()).rejects.toThrow(
        /webp|decode|corrupt/i,
      );
    }),
    "file-zero-bytes": gets((got) => expect([got.status, got.bytes.length]).toEqual([200, 0])),
    "file-huge": gets((got) => expect(got.bytes.length).toBe(200 * 1024 * 1024)),
    "file-bomb": gets(async (got) => {
      expect(got.bytes.length).toBeLessThan(20_000);
      const { width, height } = await sharp(got.bytes, { limitInputPixels: false }).metadata();
      expect([width, height]).toEqual([30_000, 30_000]);
      await expect(sharp(got.bytes).raw().toBuffer()).rejects.toThrow(/exceeds pixel limit/);
    }),
    "file-gzip": gets((got) => expect(got.headers.get("content-encoding")).toBe("gzip")),
  });
});
