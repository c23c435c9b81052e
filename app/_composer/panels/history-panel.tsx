"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { readWording, reuseText } from "@/app/_composer/task-wording";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { EarlierPrompt } from "@/lib/contracts/library";
import { useEarlierPrompts } from "./use-earlier-prompts";

/** A pause in typing. */
const TYPING_MS = 250;
const WORDS_LENGTH_MAX = 200;

/** Earlier prompts, found by their words. One that is chosen takes the composer's place; what stood there is kept. */
export function HistoryPanel({ onDone }: { onDone: () => void }) {
  const t = useTranslations("composer.history");
  const [words, setWords] = useState("");
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(typing.current), []);
  const { found, isLoading, isFailed, retry } = useEarlierPrompts(words);
  const prompts = found?.prompts ?? [];
  const choose = (prompt: EarlierPrompt) => {
    reuseText(prompt);
    onDone();
  };
  return (
    <search className="block">
      <Field
        type="search"
        label={t("search")}
        maxLength={WORDS_LENGTH_MAX}
        autoComplete="off"
        onKeyDown={walk}
        onChange={({ target }) => {
          clearTimeout(typing.current);
          typing.current = setTimeout(() => setWords(target.value.trim()), TYPING_MS);
        }}
      />
      {isFailed ? (
        <div role="alert" className="flex flex-col items-start gap-3 pt-3">
          <p>{t("failed")}</p>
          <Button size="small" onClick={() => void retry()}>
            {t("retry")}
          </Button>
        </div>
      ) : (
        <p role="status" className="pt-2 pb-1 text-ink-3 text-xs">
          {isLoading ? t("loading") : <Summary count={prompts.length} isCut={found?.isCut} words={words} />}
        </p>
      )}
      {!isFailed && prompts.length > 0 && (
        <ul aria-label={t("label")} className="-mx-2 max-h-[min(20rem,45dvh)] overflow-y-auto">
          {prompts.map((prompt) => (
            <li key={prompt.id}>
              <Choice prompt={prompt} onChoose={() => choose(prompt)} />
            </li>
          ))}
        </ul>
      )}
    </search>
  );
}

/** How many there are, or why there are none. */
function Summary({ count, isCut, words }: { count: number; isCut: boolean | undefined; words: string }) {
  const t = useTranslations("composer.history");
  if (count === 0) {
    return words === "" ? t("none") : t("noMatch");
  }
  return isCut ? t("cut", { count }) : t("found", { count });
}

/** The text as it stood in the composer, and below it the other one that the words may have been found in. */
function Choice({ prompt, onChoose }: { prompt: EarlierPrompt; onChoose: () => void }) {
  const { text, writtenText } = readWording(prompt);
  const other = writtenText ?? prompt.executedPrompt;
  return (
    <button
      type="button"
      onClick={onChoose}
      onKeyDown={walk}
      className="flex min-h-control w-full flex-col justify-center rounded-control px-2 py-1.5 text-left transition-colors hover:bg-tray"
    >
      <span dir="auto" className="line-clamp-2 wrap-anywhere">
        {text}
      </span>
      {other !== null && other !== text && (
        <span dir="auto" className="line-clamp-1 wrap-anywhere text-ink-3 text-xs">
          {other}
        </span>
      )}
    </button>
  );
}

/** The arrows walk from the field through the prompts and back. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const here = event.currentTarget;
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const stops = [...(here.closest("search")?.querySelectorAll<HTMLElement>("input, li button") ?? [])];
  const next = stops[stops.indexOf(here) + step];
  if (step !== 0 && next && !event.nativeEvent.isComposing) {
    event.preventDefault();
    next.focus();
  }
}
