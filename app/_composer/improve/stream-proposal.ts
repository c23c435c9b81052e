import { EventSourceParserStream } from "eventsource-parser/stream";
import { isRecord, parseJson } from "@/app/_data/json";
import { type Problem, readProblem } from "@/app/_data/problem";
import type { Phrase } from "@/lib/contracts/phrases";

export type Proposal = {
  prompt: string;
  language: "en" | "zh";
  /** Of one in the other language: its phrases beside what they stand for. */
  phrases: readonly Phrase[] | null;
};
export type ProposalResult =
  | { kind: "done"; proposal: Proposal }
  /** `problem` is null when nobody answered in time. */
  | { kind: "failed"; problem: Problem | null };

type ProposalRequest = { prompt: string; locale: "en" | "zh" };
type ProposalOptions = { signal: AbortSignal; onText: (text: string) => void };

/** By when all of it is there, or it is given up; making never waits for this. */
export const PATIENCE_MS = 6_000;

/** Asks for a better prompt; `onText` gets all of it so far, each time a piece arrives. Throws only when aborted. */
export async function streamProposal(
  request: ProposalRequest,
  { signal, onText }: ProposalOptions,
): Promise<ProposalResult> {
  const impatience = new AbortController();
  const timer = setTimeout(() => impatience.abort(), PATIENCE_MS);
  try {
    const response = await fetch("/api/prompt", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify(request),
      signal: AbortSignal.any([signal, impatience.signal]),
    });
    if (!response.ok || !response.body) {
      return { kind: "failed", problem: readProblem(parseJson(await response.text()), response.headers) };
    }
    return await readEvents(response.body, onText);
  } catch {
    signal.throwIfAborted();
    return { kind: "failed", problem: null };
  } finally {
    clearTimeout(timer);
  }
}

async function readEvents(
  body: ReadableStream<Uint8Array>,
  onText: (text: string) => void,
): Promise<ProposalResult> {
  const decoder = new TextDecoder();
  const text = new TransformStream<Uint8Array, string>({
    transform: (chunk, controller) => controller.enqueue(decoder.decode(chunk, { stream: true })),
  });
  const reader = body.pipeThrough(text).pipeThrough(new EventSourceParserStream()).getReader();
  let soFar = "";
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const { event, data } = next.value;
    const value = parseJson(data);
    if (!isRecord(value)) {
      continue;
    }
    if (event === "piece" && typeof value.text === "string") {
      soFar += value.text;
      onText(soFar);
    } else if (event === "done" && typeof value.prompt === "string") {
      return {
        kind: "done",
        proposal: {
          prompt: value.prompt,
          language: value.language === "zh" ? "zh" : "en",
          phrases: null,
        },
      };
    } else if (event === "error") {
      return { kind: "failed", problem: readProblem(value, new Headers()) };
    }
  }
  return { kind: "failed", problem: null };
}
