"use client";

import { useTranslations } from "next-intl";
import { useBalance } from "@/app/_data/balance-queries";
import type { Problem } from "@/app/_data/problem";
import type { GenerateBody } from "@/app/_data/submit";
import { Link } from "@/components/ui/link";
import { PanelButton } from "@/components/ui/panel-button";
import type { ImageModelView } from "@/lib/contracts/models";
import { BlockerSentence, isAllPaused } from "./blocker-sentence";
import { saveDraft } from "./draft-store";
import { findNamedField } from "./named-fields";
import { findChip, openChip } from "./open-chip";
import { ProblemSentence } from "./problem-sentence";
import { type Blocker, findBlocker, toSettings } from "./settings";
import { WhatFits } from "./what-fits";

/** What stands in the way of a submit after each of these refusals, once the page knows what the server knew. */
const KIND_OF_REASON: Partial<Record<string, Blocker["kind"]>> = {
  insufficient_credits: "short",
  monthly_limit: "free_used",
  model_paused: "paused",
};

const LOOK = "touch-target ml-2 font-medium text-prussian underline";

type ProblemDetailsProps = {
  problem: Problem;
  /** What had been asked for; null when it was no submit. */
  body: GenerateBody | null;
  models: ImageModelView[];
};

/** A refusal with the amounts, names and dates of what was asked for, and the way on from it. */
export function ProblemDetails({ problem, body, models }: ProblemDetailsProps) {
  const t = useTranslations("problem");
  const make = useTranslations("make");
  const balance = useBalance(null);
  const settings =
    body && toSettings({ model: body.model, ratio: body.aspectRatio, count: body.numOutputs }, models);
  const blocker =
    settings &&
    findBlocker(body.inputPrompt, settings, {
      balance,
      promptLengthMax: Number.POSITIVE_INFINITY,
      upload: null,
    });
  if (settings && blocker && blocker.kind === KIND_OF_REASON[problem.reason]) {
    return (
      <>
        <BlockerSentence settings={settings} blocker={blocker} balance={balance} models={models} />
        {!isAllPaused(blocker, models) && (
          <PanelButton
            label={make("whatFits")}
            align="end"
            trigger={(trigger) => (
              <button type="button" className={LOOK} {...trigger}>
                {make("whatFits")}
              </button>
            )}
          >
            {(close) => (
              <WhatFits
                settings={settings}
                blocker={blocker}
                balance={balance}
                models={models}
                onDone={close}
              />
            )}
          </PanelButton>
        )}
        {blocker.kind === "short" && (
          <Link href="/credits" onClick={saveDraft} className={LOOK}>
            {make("redeem")}
          </Link>
        )}
      </>
    );
  }
  const path = problem.issues[0]?.path;
  const named = findNamedField(path);
  return (
    <>
      {named && settings ? (
        t("invalid", { field: t(`field.${named}`), model: settings.model.title })
      ) : (
        <ProblemSentence problem={problem} />
      )}
      <NextStep reason={problem.reason} path={path} />
    </>
  );
}

/** To sign in, to the rules, or to the setting that was not accepted. */
function NextStep({ reason, path }: { reason: string; path: string | undefined }) {
  const t = useTranslations("problem");
  const field = findChip(path);
  if (reason === "unauthenticated") {
    return (
      <Link href="/sign-in?next=/create" className={LOOK}>
        {t("signIn")}
      </Link>
    );
  }
  if (reason === "content_blocked") {
    return (
      <Link href="/rules" className={LOOK}>
        {t("rules")}
      </Link>
    );
  }
  return (
    field && (
      <button type="button" className={LOOK} onClick={() => openChip(field)}>
        {t("fix")}
      </button>
    )
  );
}
