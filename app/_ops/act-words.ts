import "server-only";
import { getTranslations } from "next-intl/server";
import type { OperatorActResponse } from "@/lib/contracts/operators";

export type ActWords = {
  /** What came of the act, by the answer's `outcome`. */
  outcomes: Readonly<Record<string, string>>;
  refused: string;
  unanswered: string;
};

/** What a form says of its act, whatever came of it. */
export async function readActWords(): Promise<ActWords> {
  const t = await getTranslations("ops");
  const done = t("done");
  const outcomes: Record<OperatorActResponse["outcome"], string> = {
    paused: done,
    resumed: done,
    limited: t("limited"),
    unlimited: done,
    granted: done,
    refunded: done,
    canceled: done,
    requested: t("requested"),
    finishing: t("finishing"),
    looking: t("looking"),
    released: done,
    replaying: t("replaying"),
    nothing_recorded: t("nothingRecorded"),
    approved: done,
    rejected: done,
    kept: done,
    allowed: done,
    made: done,
    ended: done,
    already: t("already"),
    not_charged: t("notCharged"),
  };
  return { outcomes, refused: t("refused"), unanswered: t("unanswered") };
}
