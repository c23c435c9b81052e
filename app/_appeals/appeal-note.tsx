"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { LazyPanelButton } from "@/components/ui/panel-button";
import type { Appeal } from "@/lib/contracts/appeals";

const loadForm = async () => (await import("./appeal-form")).AppealForm;

type AppealNoteProps = {
  /** The id of what was stopped: a task or a picture. */
  subject: string;
  appeal: Appeal | null;
};

/** What came of the wish to have it looked at again; before anybody had it, the way to ask. */
export function AppealNote({ subject, appeal }: AppealNoteProps) {
  const t = useTranslations("appeal");
  const format = useFormatter();
  const note = useRef<HTMLParagraphElement>(null);
  const [isJustAsked, setJustAsked] = useState(false);
  const isAsked = appeal !== null;
  useEffect(() => {
    // The button that had the focus has made room for the note.
    if (isJustAsked && isAsked) {
      note.current?.focus({ preventScroll: true });
    }
  }, [isJustAsked, isAsked]);
  if (!appeal) {
    return (
      <LazyPanelButton
        label={t("ask")}
        load={loadForm}
        trigger={(trigger) => (
          <button
            type="button"
            className="touch-target font-medium text-prussian underline underline-offset-2"
            {...trigger}
          >
            {t("ask")}
          </button>
        )}
      >
        {(_, AppealForm) => <AppealForm subject={subject} onAsked={() => setJustAsked(true)} />}
      </LazyPanelButton>
    );
  }
  const at = new Date(appeal.decidedAt ?? appeal.createdAt);
  const date = format.dateTime(at, { dateStyle: "medium" });
  return (
    <p ref={note} tabIndex={-1} className="w-full text-ink-2 outline-none">
      {t(`state.${appeal.state}`, { date, reason: appeal.reason ?? "" })}
    </p>
  );
}
