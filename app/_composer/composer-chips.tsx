"use client";

import type { Balance } from "@/lib/contracts/credits";
import { AudienceChip } from "./audience-chip";
import { CountChip } from "./count-chip";
import type { Draft } from "./draft";
import { LoraChip } from "./lora-chip";
import { ModelChip } from "./model-chip";
import { ReferenceChip } from "./reference-chip";
import { SeedChip } from "./seed-chip";
import type { Settings } from "./settings";
import { ShapeChip } from "./shape-chip";
import type { StudioFacts } from "./studio-facts";

type ComposerChipsProps = {
  draft: Draft;
  settings: Settings;
  balance: Balance | null;
} & Pick<StudioFacts, "models" | "loras">;

/** The settings by their values, one chip each; on a phone they scroll sideways. */
export function ComposerChips({ draft, settings, models, loras, balance }: ComposerChipsProps) {
  const { model, shape, count } = settings;
  return (
    <div className="flex min-w-0 flex-wrap gap-1.5 max-lg:-mx-3 max-lg:flex-nowrap max-lg:overflow-x-auto max-lg:px-3 max-lg:py-1.5 folded:hidden">
      <ModelChip model={model} models={models} balance={balance} />
      <ShapeChip model={model} shape={shape} />
      <CountChip model={model} count={count} />
      <LoraChip
        model={model}
        models={models}
        loras={loras}
        loraName={draft.loraName}
        loraScale={draft.loraScale}
      />
      {balance && <ReferenceChip model={model} models={models} />}
      <SeedChip seed={draft.seed} />
      <AudienceChip isPrivate={draft.isPrivate} />
    </div>
  );
}
