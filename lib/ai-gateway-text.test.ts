import { describe, expect, it } from "vitest";
import { createStubGateway, reset, type StubAnswer, timeout } from "@/tests/support/stub-gateway";

const TEXT = {
  upstreamModel: "gemini-3.5-flash-lite",
  system: "Improve.",
  text: "a fox",
  outputTokensMax: 80,
};
const say = (text: string, finishReason?: string) => ({
  candidates: [{ content: { role: "model", parts: [{ text }] }, ...(finishReason ? { finishReason } : {}) }],
});
const WHOLE = say("A fox.", "STOP");
const google = (status: number, name: string) => ({
  status,
  body: { error: { code: status, message: "m", status: name } },
});

describe("a whole text", () => {
  it("is the answer's text with its reason to end", async () => {
    const { gateway } = createStubGateway([{ body: WHOLE, headers: { "cf-aig-log-id": "01LOG" } }]);
    await expect(gateway.generateText(TEXT)).resolves.toEqual({
      text: "A fox.",
      finishReason: "STOP",
      logId: "01LOG",
    });
  });

  it.for([
    ["429 by the minute", google(429, "RESOURCE_EXHAUSTED")],
    ["503", google(503, "UNAVAILABLE")],
    ["a reset", reset()],
    ["a timeout", timeout()],
    ["HTML with 200", { body: "<html></html>" }],
    ["no text at all", { body: say("") }],
    ["no candidates", { body: {} }],
  ] satisfies [string, StubAnswer][])("is asked for again after %s", async ([, answer]) => {
    const { gateway, requests } = createStubGateway([answer, { body: WHOLE }]);
    await expect(gateway.generateText(TEXT)).resolves.toMatchObject({ text: "A fox." });
    expect(requests).toHaveLength(2);
  });

  it.for([
    ["a blocked prompt", { body: { promptFeedback: { blockReason: "SAFETY" } } }, "content_blocked"],
    ["a withheld answer", { body: say("", "PROHIBITED_CONTENT") }, "content_blocked"],
    ["a guardrail", { status: 424, body: { error: [{ code: 2016 }] } }, "guardrail_blocked"],
    ["a wrong key", google(403, "PERMISSION_DENIED"), "provider_auth"],
    ["a retired model", google(404, "NOT_FOUND"), "provider_model_missing"],
    ["an empty purse", google(402, "RESOURCE_EXHAUSTED"), "provider_credit"],
  ] satisfies [string, StubAnswer, string][])("is not asked for again after %s", async ([, answer, kind]) => {
    const { gateway, requests } = createStubGateway([answer, { body: WHOLE }]);
    await expect(gateway.generateText(TEXT)).rejects.toMatchObject({ kind });
    expect(requests).toHaveLength(1);
  });
});

/** Events as Google frames them: one line of data, CR LF CR LF. */
const frame = (...events: unknown[]) =>
  events.map((event) => `data: ${JSON.stringify(event)}\r\n\r\n`).join("");
const bytes = (text: string) => new TextEncoder().encode(text);

async function collect(script: StubAnswer[]): Promise<{ pieces: string[]; error: unknown; sent: number }> {
  const { gateway, requests } = createStubGateway(script);
  const pieces: string[] = [];
  try {
    for await (const piece of await gateway.streamText(TEXT)) {
      pieces.push(piece);
    }
    return { pieces, error: null, sent: requests.length };
  } catch (error) {
    return { pieces, error, sent: requests.length };
  }
}

const STREAM = frame(say("A red "), say("fox 🦊"), say(" 狐狸", "STOP"));

describe("a streamed text", () => {
  it("arrives in its pieces", async () => {
    const { pieces } = await collect([{ body: STREAM }]);
    expect(pieces).toEqual(["A red ", "fox 🦊", " 狐狸"]);
  });

  it("is the same whatever the network cuts it into, inside of a character too", async () => {
    const whole = bytes(STREAM);
    for (const size of [1, 2, 3, 7, 50]) {
      const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
        whole.slice(index * size, (index + 1) * size),
      );
      const { pieces } = await collect([{ chunks }]);
      expect(pieces.join(""), `in chunks of ${size}`).toBe("A red fox 🦊 狐狸");
    }
  });

  it.for([
    ["LF alone", STREAM.replaceAll("\r\n", "\n")],
    ["a mark at its end", `${STREAM}data: [DONE]\n\n`],
    ["comments and event names", `: hello\r\n\r\nevent: message\r\n${STREAM}`],
    [
      "thoughts beside the text",
      frame({ candidates: [{ content: { parts: [{ text: "hm", thought: true }] } }] }) + STREAM,
    ],
    ["usage alone in an event", frame({ usageMetadata: { promptTokenCount: 3 } }) + STREAM],
  ] as const)("is read with %s", async ([, body]) => {
    const { pieces, error } = await collect([{ body }]);
    expect({ text: pieces.join(""), error }).toEqual({ text: "A red fox 🦊 狐狸", error: null });
  });

  it.for([
    ["one JSON answer", JSON.stringify(say("A red fox", "STOP"), null, 2)],
    ["a JSON array of answers", JSON.stringify([say("A red "), say("fox", "STOP")], null, 2)],
  ] as const)("is read as %s, which a gateway that buffers makes of it", async ([, body]) => {
    const { pieces, error } = await collect([{ body }]);
    expect({ text: pieces.join(""), error }).toEqual({ text: "A red fox", error: null });
  });

  it.for([
    ["429", google(429, "RESOURCE_EXHAUSTED")],
    ["503", google(503, "UNAVAILABLE")],
    ["a reset", reset()],
    ["an error of plain JSON inside of a 200", { body: JSON.stringify(google(503, "UNAVAILABLE").body) }],
    ["an empty stream", { body: "" }],
    ["an event that is no JSON", { body: "data: {oops\r\n\r\n" }],
  ] satisfies [string, StubAnswer][])(
    "is asked for again when %s comes before its first piece",
    async ([, answer]) => {
      const { pieces, sent } = await collect([answer, { body: STREAM }]);
      expect({ text: pieces.join(""), sent }).toEqual({ text: "A red fox 🦊 狐狸", sent: 2 });
    },
  );

  it.for([
    ["an error event", frame(say("A red "), google(503, "UNAVAILABLE").body), "provider_unavailable"],
    ["a reset", null, "connection_lost"],
    ["an event that is no JSON", `${frame(say("A red "))}data: {oops\r\n\r\n`, "unreadable_answer"],
    ["an end without a reason", frame(say("A red ")), "unreadable_answer"],
    ["an end inside of an event", `${frame(say("A red "))}data: {"candidates"`, "unreadable_answer"],
    ["an answer that is withheld", frame(say("A red "), say("", "SAFETY")), "content_blocked"],
    [
      "a prompt that is blocked late",
      frame(say("A red "), { promptFeedback: { blockReason: "OTHER" } }),
      "content_blocked",
    ],
    ["a flood", [frame(say("A red ")), frame(say("x".repeat(1_000_001), "STOP"))], "unreadable_answer"],
  ] as const)("breaks off with %s, and is not asked for again", async ([, body, kind]) => {
    const chunks = body === null ? thenReset(frame(say("A red "))) : [body].flat().map(bytes);
    const { pieces, error, sent } = await collect([{ chunks }, { body: STREAM }]);
    expect(pieces.join("")).toBe("A red ");
    expect(error).toMatchObject({ kind });
    expect(sent).toBe(1);
  });

  it("is blocked at once when the prompt is", async () => {
    const { pieces, error, sent } = await collect([
      { body: frame({ promptFeedback: { blockReason: "PROHIBITED_CONTENT" } }) },
    ]);
    expect(pieces).toEqual([]);
    expect(error).toMatchObject({ kind: "content_blocked", facts: { code: "PROHIBITED_CONTENT" } });
    expect(sent).toBe(1);
  });

  it.for([1, 2])("lets go of the connection when its reader leaves after piece %i", async (leaveAfter) => {
    let isOpen = true;
    const chunks = (function* () {
      try {
        for (;;) {
          yield bytes(frame(say("on and on ")));
        }
      } finally {
        isOpen = false;
      }
    })();
    const { gateway } = createStubGateway([{ chunks }]);
    let seen = 0;
    for await (const _piece of await gateway.streamText(TEXT)) {
      seen += 1;
      if (seen === leaveAfter) {
        break;
      }
    }
    expect(isOpen).toBe(false);
  });
});

function* thenReset(text: string): Generator<Uint8Array> {
  yield bytes(text);
  throw reset();
}
