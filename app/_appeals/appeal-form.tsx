"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { callApi } from "@/app/_data/call-api";
import { isTask } from "@/app/_data/guards";
import { pauseOf } from "@/app/_data/pause-of";
import { receiveTasks } from "@/app/_data/task-queries";
import { Button } from "@/components/ui/button";

/** What the server takes. */
const NOTE_LENGTH_MAX = 500;

/** Asks that somebody looks again, with a sentence or without one. Sent twice, it is one. */
export function AppealForm({ subject, onAsked }: { subject: string; onAsked: () => void }) {
  const t = useTranslations("appeal");
  const id = useId();
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const send = async (note: string) => {
    setSending(true);
    setFailure(null);
    const answer = await callApi("/api/appeals", { method: "POST", body: { subject, note } });
    setSending(false);
    if (answer.kind === "ok" && isTask(answer.body)) {
      onAsked();
      receiveTasks([answer.body]);
    } else {
      setFailure(pauseOf(answer) ?? t("failed"));
    }
  };
  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = new FormData(event.currentTarget).get("note");
    if (!isSending && typeof note === "string") {
      void send(note);
    }
  };
  return (
    <form onSubmit={handleSubmit} className="flex flex-col gap-2">
      <label htmlFor={id} className="font-medium">
        {t("note")}
      </label>
      <textarea
        id={id}
        name="note"
        rows={3}
        maxLength={NOTE_LENGTH_MAX}
        aria-describedby={`${id}-hint`}
        className="w-full resize-none rounded-control border border-line-strong bg-sheet px-3 py-2 text-field sm:text-base"
      />
      <p id={`${id}-hint`} className="text-ink-3 text-xs">
        {t("hint")}
      </p>
      <Button type="submit" tone="primary" aria-disabled={isSending}>
        {t("send")}
      </Button>
      <p role="alert" className="text-bad empty:hidden">
        {failure}
      </p>
    </form>
  );
}
