import "server-only";
import { AppError, ERRORS, toAppError } from "@/lib/errors";
import type { PromptStream } from "@/lib/generation/improve-prompt";
import { cleanPrompt } from "@/lib/generation/translate-prompt";
import { log } from "@/lib/logger";

/**
 * A prompt as server-sent events: `piece {text}` as they come, then `done {prompt, model, language}`, or `error` with
 * the usual envelope when it broke off.
 */
export function promptEvents(stream: PromptStream, requestId: string): Response {
  const encoder = new TextEncoder();
  const pieces = stream.pieces[Symbol.asyncIterator]();
  let prompt = "";
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const send = (event: string, data: unknown) =>
        controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
      try {
        const piece = await pieces.next();
        if (!piece.done) {
          prompt += piece.value;
          send("piece", { text: piece.value });
          return;
        }
        // What was shown piece by piece becomes a prompt like any other: plain, and within the limit.
        const whole = cleanPrompt(prompt);
        if (whole === null) {
          throw new AppError("upstream_unavailable", "nothing was left of a streamed prompt");
        }
        send("done", { prompt: whole, model: stream.model, language: stream.language });
      } catch (thrown) {
        const error = toAppError(thrown);
        log().warn({ requestId, err: error }, "prompt.stream_broke");
        const { code } = ERRORS[error.reason];
        send("error", { error: error.publicMessage, code, reason: error.reason, requestId });
      }
      controller.close();
    },
    async cancel() {
      await pieces.return?.(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "private, no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
