import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { task } from "@/tests/support/task";
import { fileName, zipPictures } from "./zip-pictures";

const picture = (id: string) => ({ id, address: `/img/${id}`, task: task(1), folder: "pictures/" });
const bytes = (text: string) => new Response(text, { headers: { "content-type": "image/webp" } });
/** Comes with good news and breaks off. */
const broken = () =>
  new Response(
    new ReadableStream({
      pull: (controller) => controller.error(new TypeError("the connection was lost")),
    }),
  );

async function zip(ids: string[], signal = new AbortController().signal) {
  let text = "";
  const save = async (made: Response) => {
    text = await made.text();
  };
  const onProgress = vi.fn<(done: number) => void>();
  const missing = await zipPictures(ids.map(picture), { signal, onProgress, save });
  return { missing, text, progress: onProgress.mock.calls.map(([done]) => done) };
}

describe("pictures in a ZIP", () => {
  const every = setInterval;
  let clock: ReturnType<typeof setInterval>;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    // What waits for another try waits a few milliseconds.
    clock = every(() => vi.advanceTimersByTime(1_000), 2);
  });
  afterEach(() => {
    clearInterval(clock);
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("are all there but those that cannot be had, which are named", async () => {
    let brokenOff = 0;
    vi.stubGlobal("fetch", async (address: string) => {
      switch (address) {
        case "/img/img_gone":
          return new Response("", { status: 404 });
        case "/img/img_lost":
          throw new TypeError("no network");
        case "/img/img_late":
          return brokenOff++ === 0 ? broken() : bytes("late bytes");
        default:
          return bytes("whole bytes");
      }
    });
    const { missing, text, progress } = await zip(["img_1", "img_gone", "img_lost", "img_late", "img_2"]);
    expect(missing).toBe(2);
    expect(progress).toEqual([1, 2, 3, 4, 5]);
    for (const part of ["pictures/a-lighthouse-img_1.webp", "whole bytes", "late bytes", "manifest.json"]) {
      expect(text).toContain(part);
    }
    const named = text.slice(text.indexOf("missing.json"));
    expect(named).toContain("/img/img_gone");
    expect(named).toContain("/img/img_lost");
    expect(named).not.toContain("/img/img_late");
  });

  it("name nothing as missing when nothing is", async () => {
    vi.stubGlobal("fetch", async () => bytes("whole bytes"));
    const { missing, text } = await zip(["img_1"]);
    expect(missing).toBe(0);
    expect(text).not.toContain("missing.json");
  });

  it("are given up when that is asked for", async () => {
    const abandon = new AbortController();
    vi.stubGlobal("fetch", async (_address: string, { signal }: RequestInit) => {
      abandon.abort();
      signal?.throwIfAborted();
    });
    await expect(zip(["img_1", "img_2"], abandon.signal)).rejects.toThrow(/abort/i);
  });
});

describe("a picture's file name", () => {
  it.for([
    ["A fox, asleep", "image/webp", "A-fox-asleep-img_1.webp"],
    ["一只狐狸", "image/jpeg", "一只狐狸-img_1.jpg"],
    ["../../etc/passwd\0", "image/png", "etc-passwd-img_1.png"],
    ["=cmd|' /C calc'!A0", "image/png", "cmd-C-calc-A0-img_1.png"],
    ["", "image/webp; charset=x", "img_1.webp"],
    ["🦊🦊", "text/html", "img_1.img"],
  ] as const)("of %j is plain words and the id", ([prompt, type, name]) => {
    expect(fileName("img_1", prompt, type)).toBe(name);
  });

  it("is never longer than file systems take", () => {
    expect(new TextEncoder().encode(fileName("img_1", "狐".repeat(2_000), "image/webp")).length).toBeLessThan(
      200,
    );
  });
});
