"use client";

import { useTranslations } from "next-intl";
import type { Problem } from "@/app/_data/problem";
import { Link } from "@/components/ui/link";
import { findChip, openChip } from "./open-chip";

/** The way on from what was said: to sign in, to the rules, or to the setting that was not accepted. */
export function NextStep({ problem }: { problem: Problem }) {
  const t = useTranslations("problem");
  const field = findChip(problem.issues[0]?.path);
  const look = "touch-target ml-2 font-medium text-prussian underline";
  if (problem.reason === "unauthenticated") {
    return (
      <Link href="/sign-in?next=/create" className={look}>
        {t("signIn")}
      </Link>
    );
  }
  if (problem.reason === "content_blocked") {
    return (
      <Link href="/rules" className={look}>
        {t("rules")}
      </Link>
    );
  }
  return (
    field && (
      <button type="button" className={look} onClick={() => openChip(field)}>
        {t("fix")}
      </button>
    )
  );
}
