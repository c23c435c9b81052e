"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { callAuth } from "@/app/_account/call-auth";
import { showToast } from "@/app/_shell/toast-store";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";

/** How the person is addressed, and the address that they sign in with. */
export function ProfileSettings({ name: initial, email }: { name: string; email: string }) {
  const t = useTranslations("settings.profile");
  const account = useTranslations("account");
  const router = useRouter();
  const [name, setName] = useState(initial);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await callAuth("update-user", { name: name.trim() });
    showToast(answer.kind === "ok" ? t("saved") : t("failed"));
    if (answer.kind === "ok") {
      router.refresh();
    }
  };
  return (
    <form onSubmit={(event) => void save(event)} className="flex w-full max-w-sm flex-col items-start gap-4">
      <Field
        className="w-full"
        label={account("name")}
        hint={account("nameHint")}
        value={name}
        required
        maxLength={80}
        autoComplete="name"
        onChange={(event) => setName(event.target.value)}
      />
      <Field className="w-full" label={account("email")} value={email} readOnly autoComplete="email" />
      <Button type="submit">{t("save")}</Button>
    </form>
  );
}
