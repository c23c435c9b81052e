import {
  arrayField,
  isJsonObject,
  type JsonValue,
  objectField,
  parseJson,
  stringField,
} from "../core/json.ts";
import type { ProviderCall } from "../core/provider.ts";
import type { Reply } from "../core/reply.ts";
import { gatewayError } from "./gateway-errors.ts";

/**
 * Cloudflare's guardrails: a scan of about half a second, before the provider for the prompt and after
 * it for the answer. When the scanner is down a request passes only if no rule blocks. Here a word list
 * stands for the classifier. Whether Replicate's `input.prompt` is seen as a prompt upstream is not
 * documented; here it is.
 */
export async function guard(call: ProviderCall, run: () => Promise<Reply>): Promise<Reply> {
  const { guardrails } = call.world.settings.gateway;
  if (!guardrails.isOn || call.method !== "POST") {
    return run();
  }
  const blocks = guardrails.promptAction === "block" || guardrails.responseAction === "block";
  if (!guardrails.isScannerUp) {
    return blocks ? gatewayError("scanner-unavailable") : run();
  }
  await call.world.clock.sleep(guardrails.scanMs / call.world.settings.speed, call.signal);
  const words = guardrails.words.map((word) => word.toLowerCase());
  const isFlagged = (text: string): boolean => words.some((word) => text.toLowerCase().includes(word));
  if (isFlagged(promptOf(parseJson(call.body.toString("utf8"))))) {
    call.exchange.warnings.push("guardrails flagged the prompt");
    if (guardrails.promptAction === "block") {
      return gatewayError("prompt-blocked");
    }
  }
  // Cloudflare's documentation: a streamed answer is buffered, and comes in one piece.
  const reply = await buffered(await run());
  if (isFlagged(answerOf(reply))) {
    call.exchange.warnings.push("guardrails flagged the answer");
    if (guardrails.responseAction === "block") {
      return gatewayError("response-blocked");
    }
  }
  return reply;
}

async function buffered(reply: Reply): Promise<Reply> {
  if (reply.stream === undefined) {
    return reply;
  }
  const pieces: Buffer[] = [];
  for await (const piece of reply.stream) {
    pieces.push(piece);
  }
  const { stream: _, ...rest } = reply;
  return { ...rest, body: Buffer.concat(pieces) };
}

function promptOf(body: JsonValue | undefined): string {
  const fields = isJsonObject(body) ? body : undefined;
  const texts = [stringField(objectField(fields, "input"), "prompt") ?? ""];
  for (const content of arrayField(fields, "contents")) {
    for (const part of arrayField(isJsonObject(content) ? content : undefined, "parts")) {
      texts.push(stringField(isJsonObject(part) ? part : undefined, "text") ?? "");
    }
  }
  return texts.join("\n");
}

/** The text of a Gemini answer; other models' answers are not scanned (Cloudflare: unknown type = prompt only). */
function answerOf(reply: Reply): string {
  const text = reply.body.toString("utf8");
  return text.includes('"candidates"') ? text : "";
}
