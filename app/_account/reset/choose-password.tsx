"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { type AuthAnswer, callAuth } from "@/app/_account/call-auth";
import { Button, buttonLook } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { PASSWORD_LENGTH_MIN } from "@/lib/contracts/password-length";
import { failureWord } from "./failure-word";
import { LinkOver } from "./link-over";
import { ResetHead } from "./reset-head";

/** The link's token is spent, is too old, or its person has left. */
const OVER_CODES = ["INVALID_TOKEN", "USER_NOT_FOUND"];

/** Chooses a new password with a link's token, which is spent by it. */
export function ChoosePassword({ token }: { token: string }) {
  const t = useTranslations("reset");
  const account = useTranslations("account");
  const [isSending, setSending] = useState(false);
  const [answer, setAnswer] = useState<AuthAnswer | null>(null);
  const failure = answer?.kind === "ok" ? null : answer;
  const code = failure?.kind === "refused" ? failure.code : "";

  const submit = async (newPassword: string) => {
    const result = await callAuth("reset-password", { token, newPassword });
    if (result.kind === "ok") {
      // Its session is over, too, but until its cookie has run out this browser would show the studio.
      await callAuth("sign-out", {});
    }
    setSending(false);
    setAnswer(result);
  };
  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = new FormData(event.currentTarget).get("password");
    if (!isSending && typeof password === "string") {
      setSending(true);
      setAnswer(null);
      void submit(password);
    }
  };

  if (answer?.kind === "ok") {
    return (
      <>
        <ResetHead title={t("saved")} isAnswer={true}>
          <p>{t("savedText")}</p>
        </ResetHead>
        <Link href="/sign-in" className={buttonLook({ tone: "primary", size: "large", className: "w-full" })}>
          {account("signIn.submit")}
        </Link>
      </>
    );
  }
  if (OVER_CODES.includes(code)) {
    return <LinkOver isAnswer={true} />;
  }
  const isShort = code === "PASSWORD_TOO_SHORT";
  return (
    <>
      <ResetHead title={t("choose")}>
        <p>{t("chooseText")}</p>
      </ResetHead>
      <form method="post" onSubmit={handleSubmit} className="space-y-4">
        <Field
          label={t("next")}
          hint={account("passwordHint", { min: PASSWORD_LENGTH_MIN })}
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={PASSWORD_LENGTH_MIN}
          required
          error={isShort ? account("error.short") : null}
        />
        {failure && !isShort && (
          <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-sm">
            {account(`error.${failureWord(failure)}`)}
          </p>
        )}
        <Button type="submit" tone="primary" size="large" className="w-full" aria-disabled={isSending}>
          {isSending ? account("sending") : t("save")}
        </Button>
      </form>
    </>
  );
}
