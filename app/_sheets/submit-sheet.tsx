"use client";

import { useTranslations } from "next-intl";
import { type Submit, writtenPromptOf } from "@/app/_data/submit";
import type { ImageModelView } from "@/lib/contracts/models";
import { EndCard } from "./end-card";
import { FrameRow } from "./frame-row";
import { MissingFrames } from "./missing-frames";
import { SheetHeader } from "./sheet-header";
import { UnansweredSteps } from "./unanswered-steps";
import { WaitingFrames } from "./waiting-frames";

type SubmitSheetProps = { submit: Submit; headingId: string; model: ImageModelView | undefined };

/** A press whose task is not known yet: it looks like a waiting task, or says that nobody answered. */
export function SubmitSheet({ submit, headingId, model }: SubmitSheetProps) {
  const t = useTranslations("sheet");
  const { body, width, height } = submit;
  const prompt = writtenPromptOf(body);
  return (
    <>
      <SheetHeader
        headingId={headingId}
        prompt={prompt}
        modelTitle={model?.title ?? body.model}
        aspectRatio={body.aspectRatio}
        count={body.numOutputs}
        createdAt={submit.startedAt}
        costCredits={(model?.credits ?? 0) * body.numOutputs}
        isFree={model?.isFree ?? false}
        task={null}
      />
      {submit.state === "unanswered" ? (
        <FrameRow width={width} height={height} count={body.numOutputs}>
          <MissingFrames prompt={prompt} ratio={width / height} count={body.numOutputs} cameCount={0} />
          <EndCard title={t("unanswered")}>
            <UnansweredSteps submit={submit} />
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
    </>
  );
}
