"use client";

import clsx from "clsx";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { callApi } from "@/app/_data/call-api";
import { isRecord } from "@/app/_data/json";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { ActWords } from "./act-words";

type ActField = {
  name: string;
  label: string;
  hint?: string;
  type?: "email" | "number";
  defaultValue?: string | undefined;
};

type ActFormProps = {
  /** The act as it is sent, but for the fields. */
  act: Record<string, string>;
  fields: ActField[];
  /** Has a key: the same fields after a lost answer are the same act, other fields another. */
  isKeyed?: boolean;
  submitLabel: string;
  words: ActWords;
};

/** The fields of one operators' act. What it did is said beside it; the page is then read anew. */
export function ActForm({ act, fields, isKeyed = false, submitLabel, words }: ActFormProps) {
  const router = useRouter();
  const [isSending, setSending] = useState(false);
  /** The keys of what was sent and not yet answered with a yes, by what was sent. */
  const keys = useRef(new Map<string, string>());
  const [said, setSaid] = useState<{ text: string; isBad: boolean } | null>(null);

  const submit = async (form: HTMLFormElement, body: Record<string, string | number>) => {
    const sent = JSON.stringify(body);
    const key = keys.current.get(sent) ?? crypto.randomUUID();
    keys.current.set(sent, key);
    const answer = await callApi("/api/ops/acts", {
      method: "POST",
      body: isKeyed ? { ...body, key } : body,
    });
    setSending(false);
    const outcome = answer.kind === "ok" && isRecord(answer.body) ? answer.body.outcome : null;
    const text = typeof outcome === "string" ? words.outcomes[outcome] : undefined;
    if (text) {
      keys.current.delete(sent);
      setSaid({ text, isBad: outcome === "not_charged" });
      form.reset();
      router.refresh();
    } else {
      const isRefused = answer.kind === "refused" && answer.status < 500;
      setSaid({ text: isRefused ? words.refused : words.unanswered, isBad: true });
    }
  };
  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isSending) {
      return;
    }
    const form = event.currentTarget;
    const data = new FormData(form);
    const entries = fields.map(({ name, type }) => {
      const entry = data.get(name);
      const value = typeof entry === "string" ? entry : "";
      return [name, type === "number" ? Number(value) : value] as const;
    });
    setSending(true);
    setSaid(null);
    void submit(form, { ...act, ...Object.fromEntries(entries) });
  };

  return (
    <form
      method="post"
      onSubmit={handleSubmit}
      className={clsx(
        "flex max-w-xl gap-3",
        // A button alone is as high as itself, also while nothing is said beside it.
        fields.length === 0 ? "flex-wrap items-center" : "flex-col items-start",
      )}
    >
      {fields.map(({ name, type, ...rest }) => (
        <Field
          key={name}
          name={name}
          type={type ?? "text"}
          required
          min={type === "number" ? 1 : undefined}
          minLength={type ? undefined : 3}
          maxLength={300}
          autoComplete="off"
          className="w-full"
          {...rest}
        />
      ))}
      <Button type="submit" aria-disabled={isSending} className="whitespace-nowrap">
        {submitLabel}
      </Button>
      <p role="status" className={said?.isBad ? "text-bad text-sm" : "text-ok text-sm"}>
        {said?.text}
      </p>
    </form>
  );
}
