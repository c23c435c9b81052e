"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useTaskFeed } from "@/app/_data/task-queries";
import { useEndedWords } from "@/app/_sheets/ended-words";
import { retryTask } from "@/app/_sheets/retry-task";
import { cancelTask } from "@/app/_sheets/task-actions";
import { LatentPrint } from "@/components/latent-print/latent-print";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { ImageModelView } from "@/lib/contracts/models";
import type { Task, TaskList } from "@/lib/contracts/task";

type ActivityProps = { firstPage: TaskList; models: readonly ImageModelView[] };

/** What is in the making, and what has ended last; each with what can be done about it. */
export function Activity({ firstPage, models }: ActivityProps) {
  const t = useTranslations("activity");
  const { tasks } = useTaskFeed(firstPage);
  const alive = tasks.filter((task) => !task.isDeleted);
  const running = alive.filter(({ status }) => status === "processing");
  const ended = alive.filter(({ status }) => status !== "processing");
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-12">
      <TaskTable title={t("running")} tasks={running} models={models} empty={t("noneRunning")} />
      <TaskTable title={t("ended")} tasks={ended} models={models} empty={t("noneEnded")} />
    </div>
  );
}

type TaskTableProps = { title: string; tasks: Task[]; models: readonly ImageModelView[]; empty: string };

function TaskTable({ title, tasks, models, empty }: TaskTableProps) {
  return (
    <section>
      <h2 className="mb-2 font-semibold text-lg">
        {title}
        {tasks.length > 0 && (
          <span className="numeric ml-2 font-normal text-ink-3 text-sm">{tasks.length}</span>
        )}
      </h2>
      {tasks.length === 0 ? (
        <p className="text-ink-2">{empty}</p>
      ) : (
        <ul>
          {tasks.map((task) => (
            <TaskLine key={task.id} task={task} model={models.find(({ id }) => id === task.model)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function TaskLine({ task, model }: { task: Task; model: ImageModelView | undefined }) {
  const t = useTranslations("activity");
  const sheet = useTranslations("sheet");
  const format = useFormatter();
  const [image] = task.images;
  const title = (
    <span dir="auto" className="line-clamp-1">
      {task.prompt}
    </span>
  );
  return (
    <li className="flex min-h-14 items-center gap-3 border-line border-t py-2 text-sm">
      <div className="size-10 shrink-0 overflow-hidden rounded-print bg-cover bg-tray" aria-hidden="true">
        {image ? (
          // biome-ignore lint/performance/noImgElement: private pictures do not go through an optimizer that anybody may ask.
          <img
            src={`${image.url}?w=320`}
            alt=""
            loading="lazy"
            decoding="async"
            className="size-full object-cover"
          />
        ) : (
          <LatentPrint seed={`${task.prompt}#0`} ratio={1} isBleached={task.status !== "processing"} />
        )}
      </div>
      <div className="min-w-0 flex-1">
        {image ? (
          <Link href={`/create/${image.id}`} className="font-medium hover:underline">
            {title}
          </Link>
        ) : (
          <p className="font-medium">{title}</p>
        )}
        <p className="dotted text-ink-3 tabular-nums">
          <span>{model?.title ?? task.model}</span>
          <span>×{task.numOutputs}</span>
          <span>
            {task.status === "processing"
              ? sheet(`phase.${task.phase ?? "queued"}`)
              : t(`status.${task.status}`)}
          </span>
          <time dateTime={task.createdAt} suppressHydrationWarning>
            {format.dateTime(new Date(task.createdAt), { dateStyle: "short", timeStyle: "short" })}
          </time>
        </p>
        <EndedNote task={task} modelTitle={model?.title} />
      </div>
      <LineAction task={task} />
    </li>
  );
}

function EndedNote({ task, modelTitle }: { task: Task; modelTitle: string | undefined }) {
  const words = useEndedWords();
  if (task.status !== "failed" && task.status !== "canceled") {
    return null;
  }
  return (
    <p className="text-ink-2">
      {words.sentence(task, modelTitle)} <strong className="font-semibold">{words.money(task)}</strong>
    </p>
  );
}

function LineAction({ task }: { task: Task }) {
  const t = useTranslations("activity");
  const sheet = useTranslations("sheet");
  const locale = useLocale();
  if (task.status === "processing" && task.phase !== "stopping") {
    return (
      <Button size="small" onClick={() => void cancelTask(task)}>
        {sheet("cancel")}
      </Button>
    );
  }
  const isRetryable =
    (task.status === "failed" || task.status === "canceled") && task.reason !== "invalid_input";
  return isRetryable ? (
    <Button size="small" onClick={() => retryTask(task, locale)}>
      {t("retry")}
    </Button>
  ) : null;
}
