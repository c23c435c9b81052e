"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";

type ReasonFormProps = {
  /** What is being decided. */
  label: string;
  isSending: boolean;
  onReason: (reason: string) => void;
  onLetBe: () => void;
};

/** Asks why, in words that the person reads. Enter decides, Escape lets it be. */
export function ReasonForm({ label, isSending, onReason, onLetBe }: ReasonFormProps) {
  const t = useTranslations("moderation");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = new FormData(event.currentTarget).get("reason");
    if (!isSending && typeof reason === "string") {
      onReason(reason);
    }
  };
  return (
    <form ref={form} onSubmit={handleSubmit} className="flex w-full max-w-xl flex-col items-start gap-3">
      <Field
        name="reason"
        label={t("reason")}
        hint={t("reasonHint")}
        required
        minLength={3}
        maxLength={300}
        autoComplete="off"
        className="w-full"
        onKeyDown={(event) => event.key === "Escape" && onLetBe()}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="small" tone="primary" aria-disabled={isSending}>
          {label}
        </Button>
        <Button size="small" tone="quiet" onClick={onLetBe}>
          {t("letBe")}
        </Button>
      </div>
    </form>
  );
}
