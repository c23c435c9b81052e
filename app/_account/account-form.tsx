"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { PASSWORD_LENGTH_MIN } from "@/lib/contracts/password-length";
import { type AuthAnswer, callAuth } from "./call-auth";

type AccountFormProps = {
  kind: "signIn" | "signUp";
  /** Where to go afterwards, in the reader's language. */
  nextPath: string;
};

/** Better Auth's codes, by the field that they are about. */
const FIELD_OF_CODE: Record<
  string,
  { field: "email" | "password"; word: "taken" | "wrong" | "email" | "short" }
> = {
  USER_ALREADY_EXISTS: { field: "email", word: "taken" },
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: { field: "email", word: "taken" },
  INVALID_EMAIL: { field: "email", word: "email" },
  INVALID_EMAIL_OR_PASSWORD: { field: "password", word: "wrong" },
  PASSWORD_TOO_SHORT: { field: "password", word: "short" },
};

/** Sign in, or make an account. Afterwards the whole page is loaded anew, as the person who then is. */
export function AccountForm({ kind, nextPath }: AccountFormProps) {
  const t = useTranslations("account");
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<Exclude<AuthAnswer, { kind: "ok" }> | null>(null);
  const about = failure?.kind === "refused" ? FIELD_OF_CODE[failure.code] : undefined;
  const errorOf = (field: "email" | "password") => (about?.field === field ? t(`error.${about.word}`) : null);

  const submit = async (form: FormData) => {
    const text = (name: string) => {
      const value = form.get(name);
      return typeof value === "string" ? value : "";
    };
    const email = text("email").trim();
    const answer = await callAuth(kind === "signIn" ? "sign-in/email" : "sign-up/email", {
      email,
      password: text("password"),
      ...(kind === "signUp" ? { name: text("name").trim() || (email.split("@")[0] ?? email) } : {}),
    });
    if (answer.kind === "ok") {
      window.location.assign(nextPath);
      return;
    }
    setFailure(answer);
    setSending(false);
  };
  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isSending) {
      setSending(true);
      setFailure(null);
      void submit(new FormData(event.currentTarget));
    }
  };

  return (
    <form method="post" onSubmit={handleSubmit} className="space-y-4">
      {kind === "signUp" && (
        <Field label={t("name")} hint={t("nameHint")} name="name" autoComplete="name" maxLength={80} />
      )}
      <Field
        label={t("email")}
        name="email"
        type="email"
        autoComplete="email"
        required
        error={errorOf("email")}
      />
      <Field
        label={t("password")}
        {...(kind === "signUp" ? { hint: t("passwordHint", { min: PASSWORD_LENGTH_MIN }) } : {})}
        name="password"
        type="password"
        autoComplete={kind === "signIn" ? "current-password" : "new-password"}
        minLength={kind === "signUp" ? PASSWORD_LENGTH_MIN : undefined}
        required
        error={errorOf("password")}
      />
      {failure && !about && (
        <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-sm">
          {failure.kind === "unanswered"
            ? t("error.unanswered")
            : failure.status === 429
              ? t("error.tooMany")
              : failure.code === "SIGN_UPS_PAUSED"
                ? t("error.paused")
                : t("error.other")}
        </p>
      )}
      <Button type="submit" tone="primary" size="large" className="w-full" aria-disabled={isSending}>
        {isSending ? t("sending") : t(`${kind}.submit`)}
      </Button>
    </form>
  );
}
