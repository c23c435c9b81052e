"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import * as Dialog from "radix-ui/dialog";
import { useEffect } from "react";
import { useDraft } from "@/app/_composer/draft-store";
import { useSubmits } from "@/app/_data/submit-store";
import { EndSteps } from "@/app/_sheets/end-steps";
import { useEndedWords } from "@/app/_sheets/ended-words";
import { Fact, TaskFacts } from "@/app/_viewer/task-facts";
import { DialogFrame } from "@/components/ui/dialog-frame";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { SentenceGap } from "@/components/ui/sentence-gap";
import { localizePath } from "@/i18n/localize-path";
import type { ImageModelView } from "@/lib/contracts/models";
import type { Task } from "@/lib/contracts/task";

type EndedTaskProps = { task: Task; models: readonly ImageModelView[]; onClose: () => void };

/** A task that brought no picture: why, what became of its credits, what it was made of, and what to do next. */
export function EndedTask({ task, models, onClose }: EndedTaskProps) {
  const t = useTranslations("library");
  const viewer = useTranslations("viewer");
  const words = useEndedWords();
  useStudioFollows();
  const model = models.find(({ id }) => id === task.model);
  return (
    <DialogFrame
      onClose={onClose}
      returnFocus={() => {
        document.querySelector<HTMLElement>(`[data-tile="${task.id}"]`)?.focus({ preventScroll: true });
      }}
      className="inset-x-4 top-1/2 mx-auto max-h-[85dvh] max-w-md -translate-y-1/2 space-y-6 overflow-y-auto rounded-panel border bg-sheet p-6 text-sm"
    >
      <div className="flex items-start justify-between gap-4">
        <Dialog.Title className="font-semibold text-base">{words.sentence(task, model?.title)}</Dialog.Title>
        <Dialog.Close asChild>
          <IconButton icon={X} label={viewer("close")} className="-mt-2 -mr-2" />
        </Dialog.Close>
      </div>
      <p>
        {words.money(task) && (
          <>
            <strong className="font-semibold">{words.money(task)}</strong>
            <SentenceGap />
          </>
        )}
        <Link
          href={`/credits/receipts/${task.id}`}
          className="text-prussian underline underline-offset-4 hover:text-prussian-hover"
        >
          {viewer("receipt")}
        </Link>
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <EndSteps task={task} models={models} />
      </div>
      <dl className="space-y-4">
        <TaskFacts task={task} modelTitle={model?.title ?? task.model} size={task} />
        <Fact name={t("support")}>
          <span className="numeric select-all">{task.id.slice(-8)}</span>
        </Fact>
      </dl>
    </DialogFrame>
  );
}

/** What is sent once more appears in the studio, and so does what is put into the composer: the reader goes along. */
function useStudioFollows(): void {
  const router = useRouter();
  const locale = useLocale();
  useEffect(() => {
    const follow = () => {
      stop();
      router.push(localizePath("/create", locale));
    };
    const unsubscribes = [useSubmits.subscribe(follow), useDraft.subscribe(follow)];
    const stop = () => {
      for (const unsubscribe of unsubscribes) {
        unsubscribe();
      }
    };
    return stop;
  }, [router, locale]);
}
