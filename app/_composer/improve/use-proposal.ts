import { useEffect, useState } from "react";
import { askPhrases } from "./ask-phrases";
import { type ProposalResult, streamProposal } from "./stream-proposal";

export type ProposalState = { kind: "waiting"; text: string } | ProposalResult;

type Question = { locale: "en" | "zh"; ownLanguage: "en" | "zh" };

/**
 * A proposal for a text, asked for once: in its own language piece by piece, in the other one by phrases. To ask again,
 * mount the component anew.
 */
export function useProposal(prompt: string, { locale, ownLanguage }: Question): ProposalState {
  const [state, setState] = useState<ProposalState>({ kind: "waiting", text: "" });
  const isForeign = locale !== ownLanguage;

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const answer = isForeign
      ? askPhrases({ prompt, locale }, signal)
      : streamProposal({ prompt, locale }, { signal, onText: (text) => setState({ kind: "waiting", text }) });
    answer
      .then(setState)
      // Aborted: this question is no longer asked.
      .catch(() => {});
    return () => controller.abort();
  }, [prompt, locale, isForeign]);

  return state;
}
