import { callApi } from "@/app/_data/call-api";
import { isRecord } from "@/app/_data/json";
import type { Phrase } from "@/lib/contracts/phrases";
import { PATIENCE_MS, type ProposalResult } from "./stream-proposal";

/** Asks for a better prompt in the other language, phrase by phrase. Throws only when aborted. */
export async function askPhrases(
  request: { prompt: string; locale: "en" | "zh" },
  signal: AbortSignal,
): Promise<ProposalResult> {
  const answer = await callApi("/api/prompt", {
    method: "POST",
    body: { ...request, withPhrases: true },
    signal,
    timeoutMs: PATIENCE_MS,
  });
  if (answer.kind !== "ok") {
    return { kind: "failed", problem: answer.kind === "refused" ? answer.problem : null };
  }
  const { body } = answer;
  const phrases = isRecord(body) && Array.isArray(body.phrases) ? body.phrases.filter(isPhrase) : [];
  return phrases.length > 0 && isRecord(body) && typeof body.prompt === "string"
    ? { kind: "done", proposal: { prompt: body.prompt, language: request.locale, phrases } }
    : { kind: "failed", problem: null };
}

function isPhrase(value: unknown): value is Phrase {
  return (
    isRecord(value) &&
    typeof value.target === "string" &&
    (value.source === null || typeof value.source === "string")
  );
}
