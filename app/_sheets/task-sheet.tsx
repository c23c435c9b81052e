"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { setSilenceNotice } from "@/app/_composer/notice-store";
import { useLoaded } from "@/components/ui/use-loaded";
import type { ImageModelView } from "@/lib/contracts/models";
import type { Task } from "@/lib/contracts/task";
import { EndCard } from "./end-card";
import type { EndStepsProps } from "./end-steps";
import { useEndedWords } from "./ended-words";
import { FrameRow } from "./frame-row";
import { loadSheetActs } from "./load-sheet-acts";
import { MissingFrames } from "./missing-frames";
import { PictureFrame } from "./picture-frame";
import { SheetHeader } from "./sheet-header";
import { WaitingFrames } from "./waiting-frames";

const loadSteps = () => import("./end-steps");

type TaskSheetProps = {
  task: Task;
  headingId: string;
  models: readonly ImageModelView[];
  onOpenPicture: (imageId: string) => void;
  pictureHref: (imageId: string) => string;
  /** Somebody watched it wait on this page, so its pictures may appear out of their prints. */
  wasWaiting: boolean;
};

/** One task: waiting, done, partly done, failed or cancelled, always in frames of the same size. */
export function TaskSheet(props: TaskSheetProps) {
  const { task, headingId, models, onOpenPicture, pictureHref, wasWaiting } = props;
  const t = useTranslations("sheet");
  const model = models.find(({ id }) => id === task.model);
  const [isStopping, setStopping] = useState(false);
  const phase = task.status === "processing" ? (isStopping ? "stopping" : task.phase) : null;
  const cancel = async () => {
    setStopping(true);
    const acts = await loadSheetActs().catch(setSilenceNotice);
    setStopping(acts ? await acts.cancel(task) : false);
  };
  return (
    <>
      <SheetHeader
        headingId={headingId}
        prompt={task.prompt}
        modelTitle={model?.title ?? task.model}
        aspectRatio={task.aspectRatio}
        count={task.numOutputs}
        createdAt={task.createdAt}
        costCredits={task.cost - task.refunded}
        isFree={task.cost === 0}
        task={task}
      />
      {task.status === "processing" ? (
        <WaitingFrames
          prompt={task.prompt}
          size={task}
          count={task.numOutputs}
          status={{
            phase: phase ?? "queued",
            startedAt: task.createdAt,
            deadlineAt: task.deadlineAt,
            usualSeconds: model?.usualSeconds ?? 0,
            slowSeconds: model?.slowSeconds ?? 0,
            freeCount: task.freeUsed,
            onCancel: () => void cancel(),
          }}
        />
      ) : (
        <FrameRow width={task.width} height={task.height} count={task.numOutputs}>
          {task.images.map((image, place) => (
            <PictureFrame
              key={image.id}
              image={image}
              alt={t("alt", { place: place + 1, count: task.images.length, prompt: task.prompt })}
              drawnWidth={Math.round(260 * (task.width / task.height))}
              href={pictureHref(image.id)}
              onOpen={() => onOpenPicture(image.id)}
              printSeed={wasWaiting ? `${task.prompt}#${place}` : null}
            />
          ))}
          <MissingFrames
            prompt={task.prompt}
            ratio={task.width / task.height}
            count={countMissing(task)}
            cameCount={task.images.length}
          />
          {task.status !== "succeeded" && task.lateAt === null && (
            <TaskEndCard task={task} models={models} modelTitle={model?.title} />
          )}
        </FrameRow>
      )}
      {task.lateAt !== null && <LateNote task={task} />}
      {task.status === "succeeded" && countMissing(task) > 0 && <PartlyNote task={task} />}
    </>
  );
}

/** Pictures that never came; those in the bin did. */
function countMissing({ numOutputs, images, deletedImageCount }: Task): number {
  return numOutputs - images.length - deletedImageCount;
}

function TaskEndCard({ task, models, modelTitle }: EndStepsProps & { modelTitle: string | undefined }) {
  const words = useEndedWords();
  const steps = useLoaded(true, loadSteps);
  return (
    <EndCard
      title={words.sentence(task, modelTitle)}
      money={words.money(task)}
      code={task.status === "failed" ? task.id.slice(-8) : null}
    >
      {steps && <steps.EndSteps task={task} models={models} />}
    </EndCard>
  );
}

function PartlyNote({ task }: { task: Task }) {
  const words = useEndedWords();
  return <p className="mt-2 text-sm text-warn">{words.partly(task)}</p>;
}

/** Failed by the clock, yet here after all. */
function LateNote({ task }: { task: Task }) {
  const words = useEndedWords();
  return (
    <p className="mt-2 text-sm">
      {words.sentence(task)} {words.money(task)} <span className="text-ok">{words.late(task)}</span>
    </p>
  );
}
