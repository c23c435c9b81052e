"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ShareChoice } from "@/app/_data/picture-actions";
import { Button } from "@/components/ui/button";
import { ChoiceList } from "@/components/ui/choice-list";

const AUDIENCES = ["private", "link", "public"] as const;
const DAYS = [0, 1, 7, 30] as const;
const DAY_MS = 86_400_000;

type ShareFormProps = {
  /** What is so now; null when several pictures may differ. */
  initial: Pick<ShareChoice, "audience" | "showsPrompt"> | null;
  onChoose: (choice: ShareChoice) => void;
};

/** Who may see it, in three steps of one sentence each, and what goes with it. */
export function ShareForm({ initial, onChoose }: ShareFormProps) {
  const t = useTranslations("sharing");
  const words = useTranslations("audience");
  const [audience, setAudience] = useState<ShareChoice["audience"]>(initial?.audience ?? "private");
  const [showsPrompt, setShowsPrompt] = useState(initial?.showsPrompt ?? false);
  const [days, setDays] = useState<number>(0);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const endsAt = audience === "link" && days > 0 ? new Date(Date.now() + days * DAY_MS) : null;
        onChoose({ audience, showsPrompt, expiresAt: endsAt?.toISOString() ?? null });
      }}
    >
      <ChoiceList
        label={words("label")}
        chosen={audience}
        onChoose={setAudience}
        choices={AUDIENCES.map((value) => ({
          value,
          content: (
            <>
              <span className="block font-medium">{words(`${value}.name`)}</span>
              <span className="block text-ink-2">{t(`${value}.sentence`)}</span>
            </>
          ),
        }))}
      />
      {audience !== "private" && (
        <label className="flex min-h-control items-center gap-3 px-3">
          <input
            type="checkbox"
            checked={showsPrompt}
            onChange={(event) => setShowsPrompt(event.target.checked)}
            className="size-4 accent-prussian"
          />
          {t("showPrompt")}
        </label>
      )}
      {audience === "link" && (
        <label className="flex min-h-control items-center justify-between gap-3 px-3">
          {t("ends")}
          <select
            value={days}
            onChange={(event) => setDays(Number(event.target.value))}
            className="min-h-8 rounded-control border border-line-strong bg-sheet px-2 coarse:min-h-control"
          >
            {DAYS.map((count) => (
              <option key={count} value={count}>
                {t("endsIn", { days: count })}
              </option>
            ))}
          </select>
        </label>
      )}
      <Button type="submit" tone="primary">
        {t("save")}
      </Button>
    </form>
  );
}
