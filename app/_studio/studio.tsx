"use client";

import { useEffect } from "react";
import { Composer } from "@/app/_composer/composer";
import { resumeSubmits } from "@/app/_composer/resume-submits";
import type { StudioFacts } from "@/app/_composer/studio-facts";
import { useModels } from "@/app/_data/model-queries";
import { useTaskFeed } from "@/app/_data/task-queries";
import type { TaskList } from "@/lib/contracts/task";
import { SheetStream } from "./sheet-stream";

type StudioProps = {
  facts: StudioFacts;
  /** The newest tasks as the server rendered them. */
  firstPage: TaskList;
  /** Prompts to begin with, for somebody who has made nothing yet. */
  examples: string[];
};

/** The studio: the composer, and under it everything that was ever asked for, newest first. */
export function Studio({ facts, firstPage, examples }: StudioProps) {
  const feed = useTaskFeed(firstPage);
  // What is paused, and how long things take, changes while the page stands open.
  const models = useModels(facts.models);

  useEffect(resumeSubmits, []);

  return (
    <div className="mx-auto flex w-full max-w-[57.5rem] flex-col gap-8 lg:gap-12">
      <Composer facts={facts} isDocked />
      <SheetStream feed={feed} models={models} examples={examples} />
    </div>
  );
}
