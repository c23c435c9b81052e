"use client";

import clsx from "clsx";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";
import { restoreDraft, saveDraft, typeText, undoReplacement, useDraft } from "./draft-store";

const loadHistory = () => import("./prompt-history");

type PromptFieldProps = { field: RefObject<HTMLTextAreaElement | null>; onMake: () => void };

/** The prompt: grows from two lines to ten, keeps itself, and walks through earlier prompts with Alt and the arrows. */
export function PromptField({ field, onMake }: PromptFieldProps) {
  const t = useTranslations("composer");
  const text = useDraft((state) => state.draft.text);
  const isWhole = useRef(false);

  useEffect(() => {
    const element = field.current;
    restoreDraft(element?.value ?? "");
    // Only here is still known what the change will replace.
    element?.addEventListener("beforeinput", () => {
      isWhole.current = element.selectionEnd - element.selectionStart === element.value.length;
    });
    // The page may be left for good at any of these moments.
    window.addEventListener("pagehide", saveDraft);
    document.addEventListener("visibilitychange", saveDraft);
    return () => {
      window.removeEventListener("pagehide", saveDraft);
      document.removeEventListener("visibilitychange", saveDraft);
      saveDraft();
    };
  }, [field]);

  const handleKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isCommand = event.metaKey || event.ctrlKey;
    if (event.nativeEvent.isComposing) {
      return;
    }
    if (event.key === "Escape") {
      field.current?.blur();
    } else if (event.key === "Enter" && isCommand) {
      event.preventDefault();
      onMake();
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      const step = event.key === "ArrowUp" ? 1 : -1;
      loadHistory()
        .then(({ walkHistory }) => walkHistory(step))
        // Without a network the next press tries again.
        .catch(() => {});
    } else if (event.key.toLowerCase() === "z" && isCommand && !event.shiftKey && text === "") {
      if (undoReplacement()) {
        event.preventDefault();
      }
    }
  };

  return (
    // The hidden copy gives the field its height, without a script that measures.
    <div
      data-text={`${text}\n`}
      className={clsx(
        "grid max-h-62 min-h-18 grid-cols-1 overflow-y-auto",
        "after:invisible after:col-start-1 after:row-start-1 after:whitespace-pre-wrap after:break-words after:px-4",
        "after:pt-3 after:pb-1 after:text-field after:content-[attr(data-text)] lg:after:text-base",
        "folded:max-h-11 folded:min-h-11 folded:min-w-0 folded:flex-1 folded:overflow-hidden folded:after:hidden",
      )}
    >
      <textarea
        ref={field}
        id="prompt"
        data-field="inputPrompt"
        dir="auto"
        rows={2}
        value={text}
        onChange={(event) => typeText(event.target.value, { isWhole: isWhole.current })}
        onKeyDown={handleKey}
        placeholder={t("placeholder")}
        aria-label={t("promptLabel")}
        aria-keyshortcuts="/ Control+Enter Meta+Enter"
        className={clsx(
          "col-start-1 row-start-1 resize-none overflow-hidden break-words bg-transparent px-4 pt-3 pb-1",
          "text-field outline-none lg:text-base folded:h-11 folded:truncate folded:py-2.5",
        )}
      />
    </div>
  );
}
