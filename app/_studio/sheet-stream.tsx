"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useSubmits } from "@/app/_data/submit-store";
import type { TaskFeed } from "@/app/_data/task-feed";
import { type OlderTasks, useOlderTasks } from "@/app/_data/task-queries";
import { Sheet } from "@/app/_sheets/sheet";
import { listSheets } from "@/app/_sheets/sheet-list";
import { pictureHref, pushPicture } from "@/app/_viewer/open-picture";
import { ViewerHost } from "@/app/_viewer/viewer-host";
import { Button } from "@/components/ui/button";
import type { ImageModelView } from "@/lib/contracts/models";
import { EmptyStream } from "./empty-stream";

type SheetStreamProps = { feed: TaskFeed; models: readonly ImageModelView[]; examples: string[] };

/** The sheets, newest first, and the older ones as the reader gets there. */
export function SheetStream({ feed, models, examples }: SheetStreamProps) {
  const t = useTranslations("sheet");
  const locale = useLocale();
  const { submits, keyOfTask } = useSubmits();
  const sheets = listSheets(feed.tasks, submits, keyOfTask);
  const older = useOlderTasks(feed);
  if (sheets.length === 0) {
    return <EmptyStream examples={examples} />;
  }
  return (
    <section aria-label={t("stream")}>
      <ol className="flex flex-col gap-8 lg:gap-12">
        {sheets.map((item) => (
          <li key={item.key}>
            <Sheet
              item={item}
              models={models}
              onOpenPicture={(imageId) => pushPicture(pictureHref(imageId, locale))}
              pictureHref={(imageId) => pictureHref(imageId, locale)}
            />
          </li>
        ))}
      </ol>
      <OlderSheets {...older} />
      <ViewerHost tasks={feed.tasks} older={older} models={models} />
    </section>
  );
}

function OlderSheets({ hasOlder, isFailed, isLoading, loadOlder }: OlderTasks) {
  const t = useTranslations("sheet");
  const end = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = end.current;
    if (!element || isFailed) {
      return;
    }
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) {
          loadOlder();
        }
      },
      { rootMargin: "600px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [loadOlder, isFailed]);

  if (!hasOlder) {
    return null;
  }
  return (
    <div ref={end} className="mt-8 flex justify-center">
      <Button tone="quiet" onClick={loadOlder}>
        {isLoading ? t("loadingOlder") : t("older")}
      </Button>
    </div>
  );
}
