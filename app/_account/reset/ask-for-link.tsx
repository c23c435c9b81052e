"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { callAuth } from "@/app/_account/call-auth";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { localizePath } from "@/i18n/localize-path";
import { failureWord } from "./failure-word";
import { ResetHead } from "./reset-head";

/** Asks where to send a link. The answer is the same whether the address has an account or not. */
export function AskForLink() {
  const t = useTranslations("reset");
  const account = useTranslations("account");
  const locale = useLocale();
  const [isSending, setSending] = useState(false);
  const [asked, setAsked] = useState<"never" | "again" | { for: string }>("never");
  const [failure, setFailure] = useState<ReturnType<typeof failureWord> | "email" | null>(null);

  const submit = async (email: string) => {
    // Where it leads is also the language that the letter is written in.
    const answer = await callAuth("request-password-reset", {
      email,
      redirectTo: localizePath("/reset", locale),
    });
    setSending(false);
    if (answer.kind === "ok") {
      setAsked({ for: email });
    } else {
      setFailure(answer.kind === "refused" && answer.status === 400 ? "email" : failureWord(answer));
    }
  };
  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = new FormData(event.currentTarget).get("email");
    if (!isSending && typeof email === "string") {
      setSending(true);
      setFailure(null);
      void submit(email.trim());
    }
  };

  if (typeof asked === "object") {
    return (
      <>
        <ResetHead key="sent" title={t("title")} isAnswer={true}>
          <p className="break-words text-ink">{t("sent", { email: asked.for })}</p>
          <p>{t("nothingCame")}</p>
        </ResetHead>
        <Button onClick={() => setAsked("again")}>{t("askAgain")}</Button>
      </>
    );
  }
  return (
    <>
      <ResetHead key="ask" title={t("title")} isAnswer={asked === "again"}>
        <p>{t("text")}</p>
      </ResetHead>
      <form method="post" onSubmit={handleSubmit} className="space-y-4">
        <Field
          label={account("email")}
          name="email"
          type="email"
          autoComplete="email"
          required
          error={failure === "email" ? account("error.email") : null}
        />
        {failure !== null && failure !== "email" && (
          <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-sm">
            {account(`error.${failure}`)}
          </p>
        )}
        <Button type="submit" tone="primary" size="large" className="w-full" aria-disabled={isSending}>
          {isSending ? account("sending") : t("submit")}
        </Button>
      </form>
    </>
  );
}
