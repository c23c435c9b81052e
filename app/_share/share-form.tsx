"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { ShareChoice } from "@/app/_data/picture-actions";
import { serverNowMs } from "@/app/_data/server-clock";
import { Button } from "@/components/ui/button";
import { ChoiceList } from "@/components/ui/choice-list";
import type { TaskImage } from "@/lib/contracts/task";

const AUDIENCES = ["private", "link", "public"] as const;
const DAYS = [0, 1, 7, 30] as const;
const DAY_MS = 86_400_000;
/** Of the choices of an end: the one that is set. */
const KEPT = "kept";

type ShareFormProps = {
  /** What is so now; null when several pictures may differ. */
  initial: Pick<TaskImage, "audience" | "showsPrompt" | "shareExpiresAt"> | null;
  onChoose: (choice: ShareChoice) => void;
};

/** Who may see it, in three steps of one sentence each, and what goes with it. */
export function ShareForm({ initial, onChoose }: ShareFormProps) {
  const t = useTranslations("sharing");
  const words = useTranslations("audience");
  const format = useFormatter();
  const keptEnd = initial?.shareExpiresAt ?? null;
  // A link that has ended shows nobody anything; saving something else is not to open it again.
  const [hasEnded] = useState(() => keptEnd !== null && Date.parse(keptEnd) <= serverNowMs());
  const [audience, setAudience] = useState<ShareChoice["audience"]>(
    hasEnded ? "private" : (initial?.audience ?? "private"),
  );
  const [showsPrompt, setShowsPrompt] = useState(initial?.showsPrompt ?? false);
  const canKeep = keptEnd !== null && !hasEnded;
  const [end, setEnd] = useState(canKeep ? KEPT : "0");
  const endsAt = () => {
    if (end === KEPT) {
      return keptEnd;
    }
    return end === "0" ? null : new Date(serverNowMs() + Number(end) * DAY_MS).toISOString();
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onChoose({ audience, showsPrompt, expiresAt: audience === "link" ? endsAt() : null });
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
            value={end}
            onChange={(event) => setEnd(event.target.value)}
            className="min-h-8 min-w-0 rounded-control border border-line-strong bg-sheet px-2 coarse:min-h-control"
          >
            {canKeep && (
              <option value={KEPT}>
                {t("endsKept", {
                  date: format.dateTime(new Date(keptEnd), { dateStyle: "medium", timeStyle: "short" }),
                })}
              </option>
            )}
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
