"use client";

import clsx from "clsx";
import { useFormatter, useTranslations } from "next-intl";
import { Mark } from "@/components/brand/mark";
import { LatentPrint } from "@/components/latent-print/latent-print";
import { Link } from "@/components/ui/link";
import type { LedgerEntry } from "@/lib/contracts/credits";
import { FAILURE_WORDS } from "./failure-words";
import { giftOf, type LineState, toLineState } from "./ledger-days";

const LOOK_OF_STATE: Record<LineState, string> = {
  granted: "bg-ok-soft text-ok",
  held: "bg-warn-soft text-warn",
  charged: "bg-tray text-ink-2",
  heldAndReturned: "bg-tray text-ink-2",
  returned: "bg-ok-soft text-ok",
  adjusted: "bg-tray text-ink-2",
};

type LedgerLineProps = { entry: LedgerEntry; modelTitles: Record<string, string> };

/** One change of the balance: for what, what became of it, how much, and what was left after it; on a phone in two columns. */
export function LedgerLine({ entry, modelTitles }: LedgerLineProps) {
  const t = useTranslations("credits");
  const format = useFormatter();
  return (
    <tr className="border-line border-t align-middle">
      <th scope="row" className="w-full max-w-0 py-2 pr-4 text-left font-normal">
        <LedgerSubject entry={entry} modelTitles={modelTitles} />
      </th>
      <td className="whitespace-nowrap py-2 pr-4 text-right max-sm:hidden">
        <StateBadge entry={entry} />
      </td>
      <td className="numeric whitespace-nowrap py-2 text-right font-medium sm:pr-4">
        {entry.amount < 0 ? "−" : "+"}
        {format.number(Math.abs(entry.amount))}
        <span className="block font-normal text-ink-3 text-xs sm:hidden">
          {t("balanceAfter", { balance: entry.balanceAfter })}
        </span>
      </td>
      <td className="numeric whitespace-nowrap py-2 text-right text-ink-3 max-sm:hidden">
        {format.number(entry.balanceAfter)}
      </td>
    </tr>
  );
}

function LedgerSubject({ entry, modelTitles }: LedgerLineProps) {
  const t = useTranslations("credits");
  const format = useFormatter();
  const reason = FAILURE_WORDS.find((known) => known === entry.reason);
  return (
    <div className="flex items-center gap-3">
      <div className="size-8 shrink-0 overflow-hidden rounded-print" aria-hidden="true">
        <Thumb task={entry.task} />
      </div>
      <div className="min-w-0">
        <p className="truncate" dir="auto">
          {entry.taskId === null ? (
            t(`gift.${giftOf(entry)}`)
          ) : (
            <Link
              href={`/credits/receipts/${entry.taskId}`}
              className="underline decoration-line underline-offset-4 hover:decoration-current"
            >
              {entry.task?.prompt || t("receipt")}
            </Link>
          )}
        </p>
        <p className="truncate text-ink-3 text-xs">
          <time dateTime={entry.createdAt} className="tabular-nums">
            {format.dateTime(new Date(entry.createdAt), { timeStyle: "short" })}
          </time>
          {entry.task && ` · ${modelTitles[entry.task.model] ?? entry.task.model} ×${entry.task.numOutputs}`}
          {reason && ` · ${t(`why.${reason}`)}`}
        </p>
        <p className="mt-1 sm:hidden">
          <StateBadge entry={entry} />
        </p>
        {entry.sentence && (
          <p className="text-ink-2 text-xs" dir="auto">
            {entry.sentence}
          </p>
        )}
      </div>
    </div>
  );
}

function StateBadge({ entry }: { entry: LedgerEntry }) {
  const t = useTranslations("credits");
  const state = toLineState(entry);
  return (
    <span className={clsx("rounded-full px-2 py-0.5 text-xs", LOOK_OF_STATE[state])}>
      {t(`state.${state}`, { charged: entry.task?.charged ?? 0 })}
    </span>
  );
}

function Thumb({ task }: Pick<LedgerEntry, "task">) {
  if (!task) {
    return <Mark className="size-8" />;
  }
  return task.imageId ? (
    // biome-ignore lint/performance/noImgElement: private pictures do not go through an optimizer that anybody may ask.
    <img
      src={`/img/${task.imageId}?w=320`}
      alt=""
      loading="lazy"
      decoding="async"
      className="size-full bg-tray object-cover"
    />
  ) : (
    <LatentPrint seed={`${task.prompt}#0`} ratio={1} isBleached={task.status === "failed"} />
  );
}
