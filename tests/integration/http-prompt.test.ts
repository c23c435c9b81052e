import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { ErrorEnvelope } from "@/lib/contracts/error";
import { joinPhrases } from "@/lib/contracts/phrases";
import { ImprovePromptResponse } from "@/lib/contracts/prompt";
import { readEvents } from "@/tests/support/read-events";
import { expectEnvelope, openSite, type Person } from "@/tests/support/site";
import { waitFor } from "@/tests/support/wait-for";

const site = await openSite();
let person: Person;
beforeAll(async () => {
  person = await site.signUp();
});

const improve = (body: object) => site.ask("/api/prompt", { person, body });
const Piece = z.object({ text: z.string() });
const Done = z.object({ prompt: z.string(), model: z.string(), language: z.string() });
const Improved = Done;
const Books = z.looseObject({ totals: z.looseObject({ geminiCalls: z.number() }) });

/** The whole of a streamed answer. */
async function stream(body: object) {
  const response = await fetch(`${site.app().url}/api/prompt`, {
    method: "POST",
    headers: { cookie: person.cookie, "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify(body),
  });
  if (!response.headers.get("content-type")?.startsWith("text/event-stream") || !response.body) {
    return { status: response.status, events: [], pieces: "" };
  }
  const reader = readEvents(response.body);
  await reader.find(({ event }) => event === "done" || event === "error", "the end of the stream");
  const pieces = reader.events
    .filter(({ event }) => event === "piece")
    .map(({ data }) => Piece.parse(JSON.parse(data)).text)
    .join("");
  return { status: response.status, events: reader.events, pieces };
}
const withFault = async (name: string, work: () => Promise<void>) => {
  await site.emulator.faults({ name });
  try {
    await work();
  } finally {
    await fetch(`${site.emulator.url}/_faults`, { method: "DELETE" });
  }
};

describe("a better prompt", () => {
  it("is proposed in the prompt's own language, by the model that was asked", async () => {
    const english = Improved.parse((await improve({ prompt: "a fox in snow" })).json);
    expect(english).toMatchObject({ model: "gemini-1.5-flash", language: "en" });
    expect(english.prompt).toMatch(/fox/i);
    const chinese = Improved.parse((await improve({ prompt: "雪中的狐狸", model: "gemini-1.5-pro" })).json);
    expect(chinese).toMatchObject({ model: "gemini-1.5-pro", language: "zh" });
    expect(chinese.prompt).toMatch(/\p{Script=Han}/u);
  });

  it("of a Chinese prompt for English is its translation", async () => {
    expect((await improve({ prompt: "雪中的狐狸", locale: "en" })).json).toMatchObject({ language: "en" });
  });

  it("comes phrase by phrase when that is asked for: what was written beside what stands for it, then what was added", async () => {
    const { status, json } = await improve({
      prompt: "雪地里的一只红狐狸，清晨的光",
      locale: "en",
      withPhrases: true,
    });
    expect(status).toBe(200);
    const { prompt, phrases = [], language } = ImprovePromptResponse.parse(json);
    expect(language).toBe("en");
    expect(phrases.slice(0, 2).map(({ source }) => source)).toEqual(["雪地里的一只红狐狸", "清晨的光"]);
    expect(phrases.slice(2).length).toBeGreaterThan(0);
    expect(phrases.slice(2).every(({ source }) => source === null)).toBe(true);
    expect(prompt).toBe(joinPhrases(phrases, "en"));
    expect(prompt).toMatch(/fox/i);
  });

  it.for(["gemini-text-broken-json", "gemini-text-wrong-schema"])(
    "that is no list of phrases is not shown: %s",
    async (fault) => {
      await withFault(fault, async () => {
        const answer = await improve({ prompt: "雪中的狐狸", locale: "en", withPhrases: true });
        expectEnvelope(answer, 503, "upstream_unavailable");
      });
    },
  );

  it("costs nothing", async () => {
    const before = await site.ask("/api/credits", { person });
    await improve({ prompt: "a fox" });
    expect((await site.ask("/api/credits", { person })).text).toBe(before.text);
  });

  it.for([
    ["gemini-503", 503, "upstream_unavailable"],
    ["guardrails-block-prompt", 422, "content_blocked"],
  ] as const)("that cannot be had is refused with a reason: %s", async ([fault, status, reason]) => {
    await withFault(fault, async () => {
      const answer = await improve({ prompt: "a fox" });
      const { error } = expectEnvelope(answer, status, reason);
      expect(error).toContain("Your prompt is unchanged.");
      expect(answer.headers.has("retry-after")).toBe(status === 503);
    });
  });
});

describe("a better prompt, streamed", () => {
  it("comes in pieces that add up to the whole", async () => {
    const { status, events, pieces } = await stream({ prompt: "a fox in snow at dawn, oil on canvas" });
    expect(status).toBe(200);
    const done = Done.parse(JSON.parse(events.at(-1)?.data ?? ""));
    expect(done.prompt).toBe(pieces.replace(/\s+/g, " ").trim());
    expect(done).toMatchObject({ model: "gemini-1.5-flash", language: "en" });
  });

  it.for(["gemini-stream-split-characters", "gemini-stream-comments", "gemini-stream-done-marker"])(
    "is the same however it is cut and framed: %s",
    async (fault) => {
      await withFault(fault, async () => {
        const { events, pieces } = await stream({ prompt: "雪中的狐狸" });
        expect(pieces).not.toContain("\ufffd");
        expect(Done.parse(JSON.parse(events.at(-1)?.data ?? ""))).toMatchObject({ language: "zh" });
      });
    },
  );

  it.for([
    ["gemini-stream-error-midway", "upstream_unavailable"],
    ["gemini-stream-cut", "upstream_unavailable"],
    ["gemini-stream-blocked-midway", "content_blocked"],
  ] as const)("that breaks off ends with an error, never as a whole prompt: %s", async ([fault, reason]) => {
    await withFault(fault, async () => {
      const { events } = await stream({
        prompt: "a fox in snow at dawn, oil on canvas, by a careful painter",
      });
      const last = events.at(-1);
      expect(last?.event).toBe("error");
      const { requestId, ...rest } = ErrorEnvelope.parse(JSON.parse(last?.data ?? ""));
      expect(rest).toMatchObject({ reason });
      expect(requestId).toMatch(/^req_/);
    });
  });

  it("that cannot begin is the plain envelope, with its status", async () => {
    await withFault("gemini-503", async () => {
      expect(await stream({ prompt: "a fox" })).toMatchObject({ status: 503, events: [] });
    });
  });
});

describe("a key that Google does not know", () => {
  it("is not tried again and again: it is refused here at once, until a try shows that it is known", async () => {
    const callsOf = async () => Books.parse(await site.emulator.books()).totals.geminiCalls;
    await withFault("gemini-invalid-key", async () => {
      expectEnvelope(await improve({ prompt: "a fox" }), 503, "upstream_unavailable");
      const before = await callsOf();
      const answer = await improve({ prompt: "a fox" });
      expectEnvelope(answer, 503, "upstream_unavailable");
      expect(Number(answer.headers.get("retry-after"))).toBeLessThanOrEqual(6);
      expect(await callsOf()).toBe(before);
    });
    const healed = () => improve({ prompt: "a fox" }).then(({ status }) => status === 200);
    await waitFor(healed, { what: "the next try" });
    expect((await improve({ prompt: "a fox" })).status).toBe(200);
  });
});
