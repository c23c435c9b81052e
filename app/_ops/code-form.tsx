"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { callApi } from "@/app/_data/call-api";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { newCode } from "@/lib/credits/new-code";
import { CodeSheet } from "./code-sheet";
import { hashInBrowser } from "./hash-in-browser";

const MS_PER_DAY = 86_400_000;

export type CodeFormWords = Record<
  | "amount"
  | "count"
  | "uses"
  | "lastDay"
  | "lastDayHint"
  | "reason"
  | "reasonHint"
  | "make"
  | "shownOnce"
  | "sheet"
  | "copy"
  | "copied"
  | "copyFailed"
  | "refused"
  | "unanswered",
  string
>;

type CodeFormProps = { limits: Record<"amount" | "count" | "uses", number>; words: CodeFormWords };

type Wish = { amount: number; count: number; usesMax: number; expiresAt: string | null; reason: string };

/**
 * Makes codes and shows them, once: they are made here and only their hashes are sent, so that the server never has them. The
 * same wish after a lost answer sends the same codes.
 */
export function CodeForm({ limits, words }: CodeFormProps) {
  const router = useRouter();
  const [isSending, setSending] = useState(false);
  /** The codes of what was sent and not yet answered with a yes, by what was wished for. */
  const unanswered = useRef(new Map<string, string[]>());
  const [made, setMade] = useState<string[]>([]);
  const [problem, setProblem] = useState<string | null>(null);

  const submit = async (form: HTMLFormElement, wish: Wish) => {
    const { count, ...terms } = wish;
    const name = JSON.stringify(wish);
    const codes = unanswered.current.get(name) ?? Array.from({ length: count }, newCode);
    unanswered.current.set(name, codes);
    const answer = await callApi("/api/ops/acts", {
      method: "POST",
      body: { act: "make_codes", codeHashes: await Promise.all(codes.map(hashInBrowser)), ...terms },
    });
    setSending(false);
    if (answer.kind === "ok") {
      unanswered.current.delete(name);
      setMade(codes);
      form.reset();
      router.refresh();
    } else {
      const isRefused = answer.kind === "refused" && answer.status < 500;
      setProblem(isRefused ? words.refused : words.unanswered);
    }
  };
  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isSending) {
      return;
    }
    const form = event.currentTarget;
    const data = new FormData(form);
    const read = (name: string) => {
      const entry = data.get(name);
      return typeof entry === "string" ? entry : "";
    };
    const lastDay = read("lastDay");
    setSending(true);
    setProblem(null);
    void submit(form, {
      amount: Number(read("amount")),
      count: Number(read("count")),
      usesMax: Number(read("uses")),
      // The day itself still counts.
      expiresAt: lastDay === "" ? null : new Date(Date.parse(lastDay) + MS_PER_DAY).toISOString(),
      reason: read("reason"),
    });
  };

  return (
    <>
      <form method="post" onSubmit={handleSubmit} className="flex max-w-xl flex-col items-start gap-3">
        <div className="grid w-full gap-3 sm:grid-cols-2">
          <Field name="amount" type="number" label={words.amount} required min={1} max={limits.amount} />
          <Field
            name="count"
            type="number"
            label={words.count}
            required
            min={1}
            max={limits.count}
            defaultValue={1}
          />
          <Field
            name="uses"
            type="number"
            label={words.uses}
            required
            min={1}
            max={limits.uses}
            defaultValue={1}
          />
          <Field name="lastDay" type="date" label={words.lastDay} hint={words.lastDayHint} />
        </div>
        <Field
          name="reason"
          label={words.reason}
          hint={words.reasonHint}
          required
          minLength={3}
          maxLength={300}
          autoComplete="off"
          className="w-full"
        />
        <Button type="submit" aria-disabled={isSending}>
          {words.make}
        </Button>
        <p role="status" className={problem ? "text-bad text-sm" : "text-sm empty:hidden"}>
          {problem ?? (made.length > 0 ? words.shownOnce : null)}
        </p>
      </form>
      {made.length > 0 && <CodeSheet codes={made} words={words} />}
    </>
  );
}
