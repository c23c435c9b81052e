"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { callAuth } from "@/app/_account/call-auth";
import { showToast } from "@/app/_shell/toast-store";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { PASSWORD_LENGTH_MIN } from "@/lib/contracts/password-length";

/** Another password. Every other device is signed out with it. */
export function PasswordSettings() {
  const t = useTranslations("settings.password");
  const account = useTranslations("account");
  const [error, setError] = useState<string | null>(null);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const values = new FormData(form);
    const textOf = (name: string) => {
      const value = values.get(name);
      return typeof value === "string" ? value : "";
    };
    const answer = await callAuth("change-password", {
      currentPassword: textOf("current"),
      newPassword: textOf("next"),
      revokeOtherSessions: true,
    });
    if (answer.kind === "ok") {
      setError(null);
      form.reset();
      showToast(t("saved"));
    } else {
      setError(answer.kind === "refused" && answer.status < 429 ? t("wrong") : account("error.other"));
    }
  };
  return (
    <details className="w-full max-w-sm">
      <summary className="font-medium text-prussian text-sm underline underline-offset-2">
        {t("title")}
      </summary>
      <form onSubmit={(event) => void save(event)} className="mt-4 flex flex-col items-start gap-4">
        <Field
          className="w-full"
          label={t("current")}
          name="current"
          type="password"
          required
          autoComplete="current-password"
          error={error}
        />
        <Field
          className="w-full"
          label={t("next")}
          hint={account("passwordHint", { min: PASSWORD_LENGTH_MIN })}
          name="next"
          type="password"
          required
          minLength={PASSWORD_LENGTH_MIN}
          autoComplete="new-password"
        />
        <Button type="submit">{t("save")}</Button>
      </form>
    </details>
  );
}
