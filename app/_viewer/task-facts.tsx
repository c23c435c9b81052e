import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Task } from "@/lib/contracts/task";

type TaskFactsProps = {
  task: Task;
  modelTitle: string;
  /** Of the picture; of the task, where there is none. */
  size: { width: number; height: number };
};

/** What was written and sent, and how it was, or was to be, made: entries of a list. */
export function TaskFacts({ task, modelTitle, size }: TaskFactsProps) {
  const t = useTranslations("viewer");
  const format = useFormatter();
  const isChanged = task.executedPrompt !== null && task.executedPrompt !== task.prompt;
  const note = task.isUntranslated && <span className="block text-warn">{t("untranslated")}</span>;
  return (
    <>
      <Fact name={isChanged ? t("written") : t("prompt")}>
        <span className="whitespace-pre-wrap" dir="auto">
          {task.prompt}
        </span>
        {!isChanged && note}
      </Fact>
      {isChanged && (
        <Fact name={t(`sent.${task.promptChange}`)}>
          <span className="whitespace-pre-wrap" dir="auto">
            {task.executedPrompt}
          </span>
          {note}
        </Fact>
      )}
      <Fact name={t("model")}>{modelTitle}</Fact>
      <Fact name={t("shape")}>
        <span className="numeric">
          {task.aspectRatio} · {size.width}×{size.height}
        </span>
      </Fact>
      {task.loraName !== null && (
        <Fact name={t("style")}>
          {task.loraName}{" "}
          <span className="numeric text-ink-3">
            {format.number(task.loraScale ?? 1, { maximumFractionDigits: 2 })}
          </span>
        </Fact>
      )}
      {task.inputImageId !== null && (
        <Fact name={t("reference")}>
          {/* biome-ignore lint/performance/noImgElement: private pictures do not go through an optimizer that anybody may ask. */}
          <img
            src={`/img/reference/${task.inputImageId}`}
            alt={t("referenceAlt")}
            loading="lazy"
            decoding="async"
            className="mt-1 h-16 rounded-print"
          />
        </Fact>
      )}
      <Fact name={t("seed")}>
        <span className="numeric select-all">{task.seed}</span>
      </Fact>
      <Fact name={t("time")}>
        <time dateTime={task.createdAt}>
          {format.dateTime(new Date(task.createdAt), { dateStyle: "medium", timeStyle: "short" })}
        </time>
      </Fact>
    </>
  );
}

/** A name and what it is. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ink-3 text-xs">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
