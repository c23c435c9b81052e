"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useModels } from "@/app/_data/model-queries";
import { useSubmits } from "@/app/_data/submit-store";
import { receivePage, useTaskFeed } from "@/app/_data/task-queries";
import { listSheets, type SheetItem } from "@/app/_sheets/sheet-list";
import type { ImageModelView } from "@/lib/contracts/models";
import type { TaskList } from "@/lib/contracts/task";
import { ENDED_SHOWN } from "./ended-shown";
import { NoticeToast } from "./notice-toast";
import { SubmitLine } from "./submit-line";
import { TaskLine } from "./task-line";

type ActivityProps = {
  firstPage: TaskList;
  models: ImageModelView[];
  /** Before something in it leads elsewhere. */
  onLeave?: () => void;
};

/** What is in the making, and what has ended last; each with what can be done about it. */
export function Activity({ firstPage, models: initialModels, onLeave = stay }: ActivityProps) {
  const t = useTranslations("activity");
  const { tasks } = useTaskFeed(firstPage);
  // Whoever comes from a page that shows fewer knows only those.
  useEffect(() => receivePage(firstPage), [firstPage]);
  const { submits, keyOfTask } = useSubmits();
  const models = useModels(initialModels);
  const jobs = listSheets(tasks, submits, keyOfTask);
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-12">
      <NoticeToast />
      <JobTable
        title={t("running")}
        jobs={jobs.filter(isRunning)}
        models={models}
        empty={t("noneRunning")}
        onLeave={onLeave}
      />
      <JobTable
        title={t("ended")}
        jobs={jobs.filter((job) => !isRunning(job)).slice(0, ENDED_SHOWN)}
        models={models}
        empty={t("noneEnded")}
        onLeave={onLeave}
      />
    </div>
  );
}

function isRunning(job: SheetItem): boolean {
  return job.kind === "submit" || job.task.status === "processing";
}

/** A page of its own leaves by itself. */
function stay(): void {}

type JobTableProps = {
  title: string;
  jobs: SheetItem[];
  models: readonly ImageModelView[];
  empty: string;
  onLeave: () => void;
};

function JobTable({ title, jobs, models, empty, onLeave }: JobTableProps) {
  return (
    <section>
      <h2 className="mb-2 font-semibold text-lg">
        {title}
        {jobs.length > 0 && (
          <span className="numeric ml-2 font-normal text-ink-3 text-sm">{jobs.length}</span>
        )}
      </h2>
      {jobs.length === 0 ? (
        <p className="text-ink-2">{empty}</p>
      ) : (
        <ul>
          {jobs.map((job) => (
            <li
              key={job.key}
              tabIndex={-1}
              data-job
              className="flex min-h-14 items-start gap-3 border-line border-t py-2 text-sm"
            >
              {job.kind === "submit" ? (
                <SubmitLine submit={job.submit} models={models} />
              ) : (
                <TaskLine task={job.task} models={models} onLeave={onLeave} />
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
