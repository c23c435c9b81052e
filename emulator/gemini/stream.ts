import { arrayField, isJsonObject, type JsonObject, objectField, stringField } from "../core/json.ts";
import type { StruckCall } from "../core/provider.ts";
import type { Reply } from "../core/reply.ts";
import { tokenPieces } from "./tokens.ts";

const TOKENS_PER_CHUNK = 12;

/**
 * The response in pieces: with alt=sse one `data:` line each, without it the elements of a JSON array.
 * Every piece has modelVersion, responseId and usage; only the last a finish reason (recorded exchanges).
 */
export function streamReply(call: StruckCall, response: JsonObject): Reply {
  const action = call.actions.find(({ kind }) => kind === "stream");
  const form = stringField(action?.parameters, "form") ?? "";
  const isSse = call.query.get("alt") === "sse";
  const chunks = bendChunks(chunksOf(response), form);
  const pieces = isSse ? ssePieces(chunks, form) : arrayPieces(chunks);
  const transport = transportOf(form);
  return {
    status: 200,
    headers: { "content-type": isSse ? "text/event-stream" : "application/json; charset=UTF-8" },
    body: Buffer.alloc(0),
    stream: paced(call, form === "split-characters" ? splitBytes(pieces) : pieces),
    ...(transport === undefined ? {} : { transport }),
  };
}

function transportOf(form: string): Reply["transport"] | undefined {
  if (form === "cut") {
    return { kind: "truncate", fraction: 0.5 };
  }
  return form === "stall" ? { kind: "stall", fraction: 0.5 } : undefined;
}

/** Cuts a whole response into the chunks a stream sends. */
export function chunksOf(response: JsonObject): JsonObject[] {
  const candidates = arrayField(response, "candidates").filter(isJsonObject);
  const text = candidates.length === 1 ? textOf(candidates[0]) : undefined;
  const { candidates: _, usageMetadata, ...rest } = response;
  const usage = objectField(response, "usageMetadata") ?? {};
  if (text === undefined || text === "") {
    return [response];
  }
  const { candidatesTokenCount: __, ...earlyUsage } = usage;
  const pieces = tokenPieces(text);
  const chunks: JsonObject[] = [];
  for (let start = 0; start < pieces.length; start += TOKENS_PER_CHUNK) {
    const content = {
      parts: [{ text: pieces.slice(start, start + TOKENS_PER_CHUNK).join("") }],
      role: "model",
    };
    const isLast = start + TOKENS_PER_CHUNK >= pieces.length;
    const whole = candidates[0] ?? {};
    chunks.push({
      candidates: [isLast ? { ...whole, content } : { content }],
      usageMetadata: isLast ? (usageMetadata ?? {}) : earlyUsage,
      ...rest,
    });
  }
  return chunks;
}

function textOf(candidate: JsonObject | undefined): string | undefined {
  const parts = arrayField(objectField(candidate, "content"), "parts");
  const first = parts.length === 1 && isJsonObject(parts[0]) ? parts[0] : undefined;
  return stringField(first, "text");
}

function bendChunks(chunks: JsonObject[], form: string): JsonObject[] {
  const half = Math.max(1, Math.floor(chunks.length / 2));
  const last = chunks.at(-1);
  switch (form) {
    case "error-midway":
      return [
        ...chunks.slice(0, half),
        {
          error: {
            code: 503,
            message: "The model is overloaded. Please try again later.",
            status: "UNAVAILABLE",
          },
        },
      ];
    case "blocked-midway":
      return [...chunks.slice(0, half), { ...last, candidates: [{ finishReason: "SAFETY", index: 0 }] }];
    case "no-finish":
      return chunks.slice(0, -1).length > 0 ? chunks.slice(0, -1) : [{ ...last, candidates: [] }];
    default:
      return chunks;
  }
}

function ssePieces(chunks: JsonObject[], form: string): Buffer[] {
  const events = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`);
  switch (form) {
    case "malformed":
      return [...events.slice(0, 1), 'data: {"candidates": [{"content"\r\n\r\n', ...events.slice(1)].map(
        (text) => Buffer.from(text),
      );
    case "comments":
      return [": keep-alive\r\n\r\n", ...events.map((event) => `event: message\r\n${event}`)].map((text) =>
        Buffer.from(text),
      );
    case "done-marker":
      return [...events, "data: [DONE]\r\n\r\n"].map((text) => Buffer.from(text));
    default:
      return events.map((text) => Buffer.from(text));
  }
}

function arrayPieces(chunks: JsonObject[]): Buffer[] {
  return chunks.map((chunk, index) => {
    const isLast = index === chunks.length - 1;
    return Buffer.from(`${index === 0 ? "[" : ""}${JSON.stringify(chunk)}${isLast ? "]" : ",\r\n"}`);
  });
}

/** Pieces of seven bytes, so that characters and events fall across them. */
function splitBytes(pieces: readonly Buffer[]): Buffer[] {
  const whole = Buffer.concat([...pieces]);
  const split: Buffer[] = [];
  for (let offset = 0; offset < whole.length; offset += 7) {
    split.push(whole.subarray(offset, offset + 7));
  }
  return split;
}

async function* paced(call: StruckCall, pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  const { gemini, speed } = call.world.settings;
  const pauseMs = Math.min((TOKENS_PER_CHUNK / Math.max(1, gemini.tokensPerSecond)) * 1000, 500) / speed;
  for (const [index, piece] of pieces.entries()) {
    if (index > 0 && pieces.length < 400) {
      await call.world.clock.sleep(pauseMs, call.signal);
    }
    yield piece;
  }
}
