import { useRouter } from "next/navigation";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { saveDraft } from "@/app/_composer/draft-store";
import { openChip } from "@/app/_composer/open-chip";
import { EndSteps } from "@/app/_sheets/end-steps";
import { useEndedWords } from "@/app/_sheets/ended-words";
import { cancelTask } from "@/app/_sheets/task-actions";
import { LatentPrint } from "@/components/latent-print/latent-print";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { SentenceGap } from "@/components/ui/sentence-gap";
import { localizePath } from "@/i18n/localize-path";
import type { ImageModelView } from "@/lib/contracts/models";
import type { Task } from "@/lib/contracts/task";

type TaskLineProps = {
  task: Task;
  models: readonly ImageModelView[];
  /** Before it leads to another page, or to the composer of this one. */
  onLeave: () => void;
};

/** One task in a line, and under it how it ended and what to do when it brought nothing. */
export function TaskLine({ task, models, onLeave }: TaskLineProps) {
  const t = useTranslations("activity");
  const sheet = useTranslations("sheet");
  const format = useFormatter();
  const [image] = task.images;
  const modelTitle = models.find(({ id }) => id === task.model)?.title;
  const title = (
    <span dir="auto" className="line-clamp-1">
      {task.prompt}
    </span>
  );
  return (
    <>
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
          <Link href={`/create/${image.id}`} onClick={onLeave} className="font-medium hover:underline">
            {title}
          </Link>
        ) : (
          <p className="font-medium">{title}</p>
        )}
        <p className="dotted text-ink-3 tabular-nums">
          <span>{modelTitle ?? task.model}</span>
          <span>×{task.numOutputs}</span>
          <span>
            {task.status === "processing"
              ? sheet(`phase.${task.phase ?? "queued"}`)
              : t(`status.${task.lateAt === null ? task.status : "succeeded"}`)}
          </span>
          <time dateTime={task.createdAt} suppressHydrationWarning>
            {format.dateTime(new Date(task.createdAt), { dateStyle: "short", timeStyle: "short" })}
          </time>
        </p>
        {(task.status === "failed" || task.status === "canceled") && (
          <EndedNote task={task} models={models} modelTitle={modelTitle} onLeave={onLeave} />
        )}
      </div>
      {task.status === "processing" && task.phase !== "stopping" && (
        <Button size="small" onClick={() => void cancelTask(task)}>
          {sheet("cancel")}
        </Button>
      )}
    </>
  );
}

function EndedNote({
  task,
  models,
  modelTitle,
  onLeave,
}: TaskLineProps & { modelTitle: string | undefined }) {
  const words = useEndedWords();
  const locale = useLocale();
  const router = useRouter();
  const compose = (prepare: () => void) => {
    onLeave();
    prepare();
    saveDraft();
    router.push(localizePath("/create", locale));
    openChip("inputPrompt");
  };
  const isLate = task.lateAt !== null;
  return (
    <>
      <p className="text-ink-2">
        {words.sentence(task, modelTitle)}
        <SentenceGap />
        <strong className="font-semibold">{words.money(task)}</strong>
        <SentenceGap />
        {isLate && <span className="text-ok">{words.late(task)}</span>}
      </p>
      {!isLate && (
        <div className="mt-2 flex flex-wrap items-center gap-2">
          <EndSteps task={task} models={models} onCompose={compose} />
        </div>
      )}
    </>
  );
}
