"use client";

import { useTranslations } from "next-intl";
import type { ProposalState } from "./use-proposal";
import { type DiffPart, diffPrompts } from "./word-diff";

type ProposalTextProps = {
  state: Exclude<ProposalState, { kind: "failed" }>;
  prompt: string;
  ownLanguage: "en" | "zh";
};

/** Both texts side by side; of one language, with what was removed and added marked by more than colour. */
export function ProposalText({ state, prompt, ownLanguage }: ProposalTextProps) {
  const t = useTranslations("improve");
  const proposal = state.kind === "done" ? state.proposal : null;
  const parts = proposal?.language === ownLanguage ? diffPrompts(prompt, proposal.prompt, ownLanguage) : null;
  return (
    <>
      <div>
        <h3 className="mb-1 font-medium text-ink-3 text-xs">{t("yours")}</h3>
        <p className="whitespace-pre-wrap text-sm" dir="auto" lang={ownLanguage}>
          {parts ? <Parts parts={parts} leftOut="added" /> : prompt}
        </p>
      </div>
      <div aria-busy={proposal === null}>
        <h3 className="mb-1 font-medium text-ink-3 text-xs">{t("proposal")}</h3>
        <p className="whitespace-pre-wrap text-sm" dir="auto" lang={proposal?.language}>
          {parts ? <Parts parts={parts} leftOut="removed" /> : (proposal?.prompt ?? textSoFar(state))}
          {proposal === null && textSoFar(state) === "" && <span className="text-ink-3">{t("waiting")}</span>}
        </p>
      </div>
    </>
  );
}

function textSoFar(state: ProposalTextProps["state"]): string {
  return state.kind === "waiting" ? state.text : "";
}

function Parts({ parts, leftOut }: { parts: readonly DiffPart[]; leftOut: "added" | "removed" }) {
  // A text's parts have no identity but their place.
  return parts.map((part, place) => {
    const key = `${place}`;
    switch (part.kind) {
      case leftOut:
        return null;
      case "added":
        return (
          <ins key={key} className="bg-ok-soft text-ok underline decoration-1 underline-offset-2">
            {part.text}
          </ins>
        );
      case "removed":
        return (
          <del key={key} className="text-ink-3 line-through">
            {part.text}
          </del>
        );
      default:
        return <span key={key}>{part.text}</span>;
    }
  });
}
