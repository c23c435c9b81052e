"use client";

import { useTranslations } from "next-intl";
import { type Draft, SEED_MAX } from "@/app/_composer/draft";
import { changeDraft } from "@/app/_composer/draft-store";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";

const NEW_SEED_LIMIT = 100_000;

/** A seed to keep, a new one, or a different one each time. */
export function SeedPanel({ seed, onDone }: Pick<Draft, "seed"> & { onDone: () => void }) {
  const t = useTranslations("composer.seed");
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
      }}
    >
      <Field
        label={t("label")}
        hint={t("hint")}
        className="[&_input]:numeric"
        inputMode="numeric"
        autoComplete="off"
        placeholder={t("random")}
        value={seed === null ? "" : String(seed)}
        onChange={(event) => changeDraft({ seed: readSeed(event.target.value) })}
      />
      <div className="flex gap-2">
        <Button
          size="small"
          onClick={() => changeDraft({ seed: Math.floor(Math.random() * NEW_SEED_LIMIT) })}
        >
          {t("pick")}
        </Button>
        <Button size="small" tone="quiet" onClick={() => changeDraft({ seed: null })}>
          {t("unlock")}
        </Button>
      </div>
    </form>
  );
}

/** The number in what was typed; null for none. */
function readSeed(text: string): number | null {
  const digits = text.replace(/\D/g, "");
  return digits === "" ? null : Math.min(Number(digits), SEED_MAX);
}
