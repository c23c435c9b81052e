"use client";

import clsx from "clsx";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { Decision, DeckItem } from "./deck-item";
import { ReasonForm } from "./reason-form";

type ModerationCardProps = {
  item: DeckItem;
  /** The one that the keys are about. */
  isCurrent: boolean;
  isBlurred: boolean;
  isSending: boolean;
  /** The decision whose reason is being asked for. */
  asked: Decision | null;
  onFocus: () => void;
  onDecide: (decision: Decision) => void;
  onReason: (decision: Decision, reason: string) => void;
  /** Decides nothing after all. */
  onLetBe: () => void;
};

/** One thing that waits, with all that a decision needs. */
export function ModerationCard(props: ModerationCardProps) {
  const { item, isCurrent, isBlurred, isSending, asked } = props;
  const t = useTranslations("moderation");
  const format = useFormatter();
  const { kind, picture, prompt } = item;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys are about what has the focus in it
    <li
      id={item.key}
      tabIndex={-1}
      aria-current={isCurrent ? "true" : undefined}
      onFocus={props.onFocus}
      className={clsx(
        "grid scroll-mt-18 gap-4 rounded-panel border bg-sheet p-4 outline-none",
        picture && "sm:grid-cols-[20rem_1fr]",
        isCurrent ? "border-prussian ring-1 ring-prussian" : "border-line",
      )}
    >
      {picture && (
        <div className="self-start overflow-hidden rounded-print bg-tray">
          {/* biome-ignore lint/performance/noImgElement: access is checked at this address, which an optimizer would not do. */}
          <img
            src={`/img/${picture.id}?w=640`}
            width={picture.width}
            height={picture.height}
            alt={prompt ?? t("promptHidden")}
            loading="lazy"
            decoding="async"
            className={clsx("h-auto w-full", isBlurred && "blur-2xl")}
          />
        </div>
      )}
      <div className="flex min-w-0 flex-col items-start gap-4 text-sm">
        <dl className="w-full space-y-3">
          {item.kind === "appeal" && (
            <>
              <Fact name={t("stopped")}>{t(`stoppedBy.${item.stoppedBy}`)}</Fact>
              {item.reviewReason !== null && <Fact name={t("reasonThen")}>{item.reviewReason}</Fact>}
              <Fact name={t("note")}>{item.note || t("noNote")}</Fact>
            </>
          )}
          <Fact name={t("prompt")}>{prompt ?? t("promptHidden")}</Fact>
          {item.kind === "appeal" && item.sent !== null && <Fact name={t("sent")}>{item.sent}</Fact>}
          <Fact name={t("since")}>
            <time dateTime={item.since} suppressHydrationWarning>
              {format.dateTime(new Date(item.since), { dateStyle: "medium", timeStyle: "short" })}
            </time>
            {" · "}
            {item.model}
            {item.kind === "appeal" && (
              <>
                {" · "}
                <Link
                  href={`/ops/tasks/${item.taskId}`}
                  className="text-prussian underline underline-offset-2"
                >
                  {t("task")}
                </Link>
              </>
            )}
          </Fact>
        </dl>
        {asked ? (
          <ReasonForm
            label={t(`${kind}.${asked}`)}
            isSending={isSending}
            onReason={(reason) => props.onReason(asked, reason)}
            onLetBe={props.onLetBe}
          />
        ) : (
          <div className="flex flex-wrap gap-2">
            {(["yes", "no"] as const).map((decision) => (
              <Button
                key={decision}
                size="small"
                tone={decision === "yes" ? "outline" : "bad"}
                aria-disabled={isSending}
                aria-keyshortcuts={decision === "yes" ? "a" : "x"}
                onClick={() => !isSending && props.onDecide(decision)}
              >
                {t(`${kind}.${decision}`)}
              </Button>
            ))}
          </div>
        )}
      </div>
    </li>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ink-3 text-xs">{name}</dt>
      <dd dir="auto" className="whitespace-pre-wrap break-words">
        {children}
      </dd>
    </div>
  );
}
