"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { refreshMoney } from "@/app/_data/balance-queries";
import { callApi } from "@/app/_data/call-api";
import { isRedeemResponse } from "@/app/_data/guards";
import { pauseOf } from "@/app/_data/pause-of";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { RedeemResponse } from "@/lib/contracts/credits";

type Outcome =
  | { kind: "redeemed"; answer: RedeemResponse }
  | { kind: "invalid" }
  | { kind: "too_many"; seconds: number }
  | { kind: "paused"; sentence: string }
  | { kind: "unanswered" };

/** One field for a code that somebody was given. Says what it did, and what the balance is now. */
export function RedeemForm() {
  const t = useTranslations("credits.redeem");
  const [isSending, setSending] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  const submit = async (form: HTMLFormElement, code: string) => {
    const answer = await callApi("/api/credits/redeem", { method: "POST", body: { code } });
    const pause = pauseOf(answer);
    setSending(false);
    if (answer.kind === "ok" && isRedeemResponse(answer.body)) {
      setOutcome({ kind: "redeemed", answer: answer.body });
      form.reset();
      await refreshMoney();
    } else if (pause !== null) {
      setOutcome({ kind: "paused", sentence: pause });
    } else if (answer.kind === "refused" && answer.problem.reason === "rate_limited") {
      setOutcome({ kind: "too_many", seconds: answer.problem.retryAfterSeconds ?? 60 });
    } else if (answer.kind === "refused" && answer.status < 500) {
      setOutcome({ kind: "invalid" });
    } else {
      setOutcome({ kind: "unanswered" });
    }
  };
  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const code = new FormData(form).get("code");
    if (!isSending && typeof code === "string") {
      setSending(true);
      setOutcome(null);
      void submit(form, code);
    }
  };

  const errorOf = (failed: Outcome) => {
    switch (failed.kind) {
      case "redeemed":
        return null;
      case "too_many":
        return t("tooMany", { seconds: failed.seconds });
      case "paused":
        return failed.sentence;
      case "invalid":
        return t("invalid");
      case "unanswered":
        return t("unanswered");
    }
  };
  return (
    <section aria-labelledby="redeem">
      <h2 id="redeem" className="mb-4 font-semibold text-lg">
        {t("title")}
      </h2>
      <form method="post" onSubmit={handleSubmit} className="flex max-w-md items-start gap-2">
        <Field
          label={t("label")}
          hint={t("hint")}
          error={outcome && errorOf(outcome)}
          name="code"
          required
          minLength={4}
          maxLength={64}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          className="min-w-0 flex-1"
        />
        <Button type="submit" className="mt-6" aria-disabled={isSending}>
          {isSending ? t("sending") : t("submit")}
        </Button>
      </form>
      <p role="status" className="mt-2 max-w-md text-ok text-sm">
        {outcome?.kind === "redeemed" &&
          (outcome.answer.granted > 0
            ? t("done", { granted: outcome.answer.granted, available: outcome.answer.available })
            : t("already", {
                granted: outcome.answer.grantedBefore,
                available: outcome.answer.available,
              }))}
      </p>
    </section>
  );
}
