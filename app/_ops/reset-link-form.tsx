"use client";

import { type FormEvent, useState } from "react";
import { callApi } from "@/app/_data/call-api";
import { isRecord } from "@/app/_data/json";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";

type ResetLinkFormProps = {
  userId: string;
  /** The language of the page that the link leads to. */
  locale: string;
  words: Record<"reason" | "hint" | "submit" | "link" | "linkHint" | "refused" | "unanswered", string>;
};

/** Makes somebody a link to a new password, and shows it until the page is left. */
export function ResetLinkForm({ userId, locale, words }: ResetLinkFormProps) {
  const [isSending, setSending] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);

  const submit = async (form: HTMLFormElement, reason: string) => {
    const answer = await callApi("/api/ops/reset-links", {
      method: "POST",
      body: { userId, locale, reason },
    });
    setSending(false);
    if (answer.kind === "ok" && isRecord(answer.body) && typeof answer.body.link === "string") {
      setLink(answer.body.link);
      form.reset();
    } else {
      setError(answer.kind === "refused" && answer.status < 500 ? words.refused : words.unanswered);
    }
  };
  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = new FormData(event.currentTarget).get("reason");
    if (!isSending && typeof reason === "string") {
      setSending(true);
      setLink(null);
      setError(null);
      void submit(event.currentTarget, reason);
    }
  };

  return (
    <form method="post" onSubmit={handleSubmit} className="flex max-w-xl flex-col items-start gap-3">
      <Field
        className="w-full"
        label={words.reason}
        hint={words.hint}
        name="reason"
        required
        minLength={3}
        maxLength={300}
        autoComplete="off"
      />
      <Button type="submit" aria-disabled={isSending}>
        {words.submit}
      </Button>
      <div role="status" className="w-full empty:hidden">
        {error && <p className="text-bad text-sm">{error}</p>}
        {link && (
          <Field
            label={words.link}
            hint={words.linkHint}
            value={link}
            readOnly
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
      </div>
    </form>
  );
}
