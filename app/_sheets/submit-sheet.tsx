"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { runSubmit } from "@/app/_composer/run-submit";
import { type Submit, writtenPromptOf } from "@/app/_data/submit";
import { removeSubmit } from "@/app/_data/submit-store";
import { Button } from "@/components/ui/button";
import type { ImageModelView } from "@/lib/contracts/models";
import { EndCard } from "./end-card";
import { FrameRow } from "./frame-row";
import { MissingFrames } from "./missing-frames";
import { SheetHeader } from "./sheet-header";
import { WaitingFrames } from "./waiting-frames";

type SubmitSheetProps = { submit: Submit; model: ImageModelView | undefined };

/** A press whose task is not known yet: it looks like a waiting task, or says that nobody answered. */
export function SubmitSheet({ submit, model }: SubmitSheetProps) {
  const t = useTranslations("sheet");
  const headingId = useId();
  const { body, width, height } = submit;
  const prompt = writtenPromptOf(body);
  return (
    <article aria-labelledby={headingId} data-status={submit.state}>
      <SheetHeader
        headingId={headingId}
        prompt={prompt}
        modelTitle={model?.title ?? body.model}
        aspectRatio={body.aspectRatio}
        count={body.numOutputs}
        createdAt={submit.startedAt}
        costCredits={(model?.credits ?? 0) * body.numOutputs}
        isFree={model?.isFree ?? false}
        isTranslated={false}
        task={null}
        onRemix={() => {}}
        onDelete={() => {}}
      />
      {submit.state === "unanswered" ? (
        <FrameRow width={width} height={height} count={body.numOutputs}>
          <MissingFrames prompt={prompt} ratio={width / height} count={body.numOutputs} cameCount={0} />
          <EndCard title={t("unanswered")}>
            <Button size="small" onClick={() => void runSubmit(submit)}>
              {t("sendAgain")}
            </Button>
            <Button size="small" tone="quiet" onClick={() => removeSubmit(submit.key)}>
              {t("discard")}
            </Button>
          </EndCard>
        </FrameRow>
      ) : (
        <WaitingFrames
          prompt={prompt}
          size={submit}
          count={body.numOutputs}
          status={{
            phase: submit.state === "accepted" ? "queued" : null,
            startedAt: submit.startedAt,
            deadlineAt: null,
            usualSeconds: model?.usualSeconds ?? 0,
            slowSeconds: model?.slowSeconds ?? 0,
            freeCount: model?.isFree ? body.numOutputs : 0,
            onCancel: null,
          }}
        />
      )}
    </article>
  );
}
