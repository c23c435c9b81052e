"use client";

import { X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { TaskPhase } from "@/lib/contracts/task";
import { ExposureScale } from "./exposure-scale";
import { useNowMs } from "./use-now";

type WaitingStatusProps = {
  /** Null while the press itself is still on its way. */
  phase: TaskPhase | null;
  startedAt: string;
  deadlineAt: string | null;
  usualSeconds: number;
  slowSeconds: number;
  /** How many of the month's free pictures wait here; 0 when it is paid in credits. */
  freeCount: number;
  onCancel: (() => void) | null;
};

/** Over the first waiting frame: where the job is, how long it has been, how long it takes, and the way out; in a narrow one, below it. */
export function WaitingStatus(props: WaitingStatusProps) {
  const { phase, startedAt, deadlineAt, usualSeconds, slowSeconds, freeCount, onCancel } = props;
  const t = useTranslations("sheet");
  const format = useFormatter();
  const nowMs = useNowMs();
  const elapsedSeconds = nowMs === null ? null : Math.max(0, (nowMs - Date.parse(startedAt)) / 1000);
  const isSlow = elapsedSeconds !== null && elapsedSeconds > slowSeconds;
  return (
    <div className="wrap-normal absolute inset-x-5 top-3 text-sm text-wash-5 @max-narrow:inset-x-2.5">
      <p className="flex min-h-8 flex-wrap items-center gap-x-2">
        <span className="font-semibold">{phase === null ? t("sending") : t(`phase.${phase}`)}</span>
        {elapsedSeconds !== null && (
          <span className="numeric text-wash-5/80" aria-hidden="true">
            {formatElapsed(elapsedSeconds)}
          </span>
        )}
        {onCancel && phase !== "stopping" && phase !== "saving" && (
          <button
            type="button"
            onClick={onCancel}
            className="touch-target focus-on-picture -mr-2 ml-auto @max-narrow:-ml-2 inline-flex h-8 items-center gap-1 rounded-control px-2 font-medium hover:bg-wash-1"
          >
            <X size={16} strokeWidth={1.75} aria-hidden="true" />
            {t("cancel")}
          </button>
        )}
      </p>
      <div className="pt-2 pb-1">
        <ExposureScale
          elapsedSeconds={elapsedSeconds}
          usualSeconds={usualSeconds}
          slowSeconds={slowSeconds}
        />
      </div>
      {phase === "stopping" ? (
        <p className="pt-1 text-xs">{t("stoppingNote")}</p>
      ) : (
        isSlow &&
        deadlineAt && (
          <p className="pt-1 text-xs">
            {t("slow", {
              freeCount,
              time: format.dateTime(new Date(deadlineAt), { timeStyle: "short" }),
            })}
          </p>
        )
      )}
    </div>
  );
}

function formatElapsed(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
