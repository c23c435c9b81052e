"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useId } from "react";
import { type Draft, LORA_SCALE_MAX } from "@/app/_composer/draft";
import { changeDraft } from "@/app/_composer/draft-store";
import type { StudioFacts } from "@/app/_composer/studio-facts";
import { ChoiceList } from "@/components/ui/choice-list";
import { Field } from "@/components/ui/field";
import { NotTakenPanel, type NotTakenPanelProps } from "./not-taken-panel";

type LoraChoicesProps = Pick<StudioFacts, "loras"> & Pick<Draft, "loraName" | "loraScale">;
type LoraPanelProps = LoraChoicesProps & Omit<NotTakenPanelProps, "setting">;

const NONE = "";
const SCALE_STEP = 0.05;

/** The styles to choose from; with a model that takes none, that. */
export function LoraPanel({ model, models, onDone, ...choices }: LoraPanelProps) {
  return model.takesLora ? (
    <LoraChoices {...choices} />
  ) : (
    <NotTakenPanel setting="lora" model={model} models={models} onDone={onDone} />
  );
}

/** A style trained by somebody, one of ours or any by its name, and how strongly it colours the picture. */
function LoraChoices({ loras, loraName, loraScale }: LoraChoicesProps) {
  const t = useTranslations("composer.lora");
  const format = useFormatter();
  const scaleId = useId();
  const known = loras.find(({ id }) => id === loraName);
  return (
    <div className="space-y-3">
      <ChoiceList
        label={t("label")}
        chosen={loraName === null ? NONE : (known?.id ?? null)}
        onChoose={(id) => changeDraft({ loraName: id === NONE ? null : id })}
        choices={[
          { value: NONE, content: t("none") },
          ...loras.map(({ id, title }) => ({ value: id, content: title })),
        ]}
      />
      <Field
        label={t("other")}
        hint={t("otherHint")}
        placeholder="owner/name"
        spellCheck={false}
        autoComplete="off"
        value={known ? "" : (loraName ?? "")}
        onChange={(event) => changeDraft({ loraName: event.target.value.trim() || null })}
      />
      <div>
        <label htmlFor={scaleId} className="mb-1 flex justify-between font-medium">
          {t("strength")}
          <output className="numeric text-ink-2">
            {format.number(loraScale, { maximumFractionDigits: 2 })}
          </output>
        </label>
        <input
          id={scaleId}
          type="range"
          min={0}
          max={LORA_SCALE_MAX}
          step={SCALE_STEP}
          value={loraScale}
          disabled={loraName === null}
          onChange={(event) => changeDraft({ loraScale: event.target.valueAsNumber })}
          className="h-6 w-full accent-prussian"
        />
      </div>
    </div>
  );
}
