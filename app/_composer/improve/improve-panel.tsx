"use client";

import { useTranslations } from "next-intl";
import { useEffect, useId, useRef, useState } from "react";
import type { Problem } from "@/app/_data/problem";
import { Button } from "@/components/ui/button";
import { isForeignToFlux } from "@/lib/contracts/foreign-prompt";
import { joinPhrases } from "@/lib/contracts/phrases";
import { listLeftOut } from "./list-left-out";
import { PhrasePairs } from "./phrase-pairs";
import { ProposalText } from "./proposal-text";
import { takeProposal } from "./take-proposal";
import { useProposal } from "./use-proposal";

type ImprovePanelProps = {
  /** The text as it was when the panel was opened. It is never touched from here. */
  prompt: string;
  /** The button was pressed, and waits for the choice between the text as it is and an English one. Null when it was not. */
  onSend: (() => void) | null;
  onEdit: () => void;
  onDone: () => void;
};

type Language = "en" | "zh";

/** A proposal under the text: yours on the left, the better one on the right, and the choice is yours. */
export function ImprovePanel({ prompt, onSend, onEdit, onDone }: ImprovePanelProps) {
  const t = useTranslations("improve");
  const section = useRef<HTMLElement>(null);
  const askId = useId();
  const ownLanguage: Language = isForeignToFlux(prompt) ? "zh" : "en";
  const isAsked = onSend !== null;
  const [question, setQuestion] = useState({ language: isAsked ? "en" : ownLanguage, round: 1 });
  const { language, round } = question;

  useEffect(() => {
    // Whoever pressed the button is to hear that it asks.
    if (isAsked) {
      section.current?.focus();
    }
  }, [isAsked]);

  const use = (text: string) => {
    takeProposal(text);
    onDone();
  };
  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label={t("label")}
      aria-describedby={isAsked ? askId : undefined}
      className="animate-appear border-line border-t px-4 py-3"
    >
      {isAsked && (
        <p id={askId} className="mb-3 text-sm">
          {t("ask")}
        </p>
      )}
      <Question
        key={`${language}-${round}`}
        prompt={prompt}
        ownLanguage={ownLanguage}
        language={language}
        isPlain={isAsked}
        onUse={(text) => {
          use(text);
          onSend?.();
        }}
        onEdit={(text) => {
          use(text);
          onEdit();
        }}
        onKeep={() => {
          onDone();
          onSend?.();
        }}
        onAgain={() => setQuestion({ language, round: round + 1 })}
        onOtherLanguage={
          isAsked ? null : () => setQuestion({ language: language === "en" ? "zh" : "en", round })
        }
      />
    </section>
  );
}

type QuestionProps = {
  prompt: string;
  ownLanguage: Language;
  language: Language;
  /** An English version was asked for, not a better prompt: what the model adds is left out until it is taken in. */
  isPlain: boolean;
  onUse: (text: string) => void;
  onEdit: (text: string) => void;
  onKeep: () => void;
  onAgain: () => void;
  onOtherLanguage: (() => void) | null;
};

function Question(props: QuestionProps) {
  const { prompt, ownLanguage, language, isPlain, onUse, onEdit, onKeep, onAgain, onOtherLanguage } = props;
  const t = useTranslations("improve");
  const state = useProposal(prompt, { locale: language, ownLanguage });
  const [turned, setTurned] = useState<ReadonlySet<number>>(new Set());
  const proposal = state.kind === "done" ? state.proposal : null;
  const phrases = proposal?.phrases ?? null;
  const leftOut = listLeftOut(phrases ?? [], { turned, isPlain });
  const text = phrases
    ? joinPhrases(
        phrases.filter((_, place) => !leftOut.has(place)),
        language,
      )
    : (proposal?.prompt ?? "");
  return (
    <>
      {state.kind === "failed" ? (
        <p role="alert" className="text-ink-2 text-sm">
          {t(`failed.${findFailure(state.problem)}`, { sentence: state.problem?.message ?? "" })}
        </p>
      ) : (
        // Tall enough for most proposals: what is under it does not move away from the pointer while one arrives.
        <div className="grid max-h-[40dvh] min-h-36 content-start gap-4 overflow-y-auto sm:grid-cols-2">
          {phrases ? (
            <PhrasePairs
              phrases={phrases}
              ownLanguage={ownLanguage}
              language={language}
              leftOut={leftOut}
              onToggle={(place) => setTurned((places) => toggled(places, place))}
            />
          ) : (
            <ProposalText state={state} prompt={prompt} ownLanguage={ownLanguage} />
          )}
        </div>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {text !== "" && (
          <>
            <Button tone="primary" size="small" onClick={() => onUse(text)}>
              {t("use")}
            </Button>
            <Button size="small" onClick={() => onEdit(text)}>
              {t("useAndEdit")}
            </Button>
          </>
        )}
        <Button size="small" tone="quiet" onClick={onKeep}>
          {t("keep")}
        </Button>
        {state.kind !== "waiting" && (
          <Button size="small" tone="quiet" onClick={onAgain}>
            {state.kind === "failed" ? t("retry") : t("another")}
          </Button>
        )}
        {onOtherLanguage && (
          <Button size="small" tone="quiet" className="ml-auto" onClick={onOtherLanguage}>
            {language === "en" ? t("toChinese") : t("toEnglish")}
          </Button>
        )}
      </div>
    </>
  );
}

function toggled(places: ReadonlySet<number>, place: number): ReadonlySet<number> {
  const others = [...places].filter((other) => other !== place);
  return new Set(places.has(place) ? others : [...others, place]);
}

function findFailure(problem: Problem | null) {
  const reason = problem?.reason;
  if (problem?.isPaused) {
    return "paused";
  }
  return reason === "content_blocked" || reason === "rate_limited" ? reason : "unavailable";
}
