"use client";

import { useTranslations } from "next-intl";
import { changeDraft } from "@/app/_composer/draft-store";
import { type Settings, type Shape, sizeOf } from "@/app/_composer/settings";
import { ShapeGlyph } from "@/app/_composer/shape-glyph";
import { ChoiceList } from "@/components/ui/choice-list";

const GROUPS = ["wide", "square", "tall"] as const;
type Group = (typeof GROUPS)[number];

function groupOf({ width, height }: Shape): Group {
  return width === height ? "square" : width > height ? "wide" : "tall";
}

/** The shapes that the model takes, drawn, in three groups. */
export function ShapePanel({
  model,
  shape,
  onDone,
}: Pick<Settings, "model" | "shape"> & { onDone: () => void }) {
  const t = useTranslations("composer.shape");
  return GROUPS.map((group) => (
    <div key={group} className="mb-2 last:mb-0">
      <p className="px-1 pb-1 text-ink-3 text-xs" aria-hidden="true">
        {t(`groups.${group}`)}
      </p>
      <ChoiceList
        label={t(`groups.${group}`)}
        className="grid grid-cols-3 gap-1 sm:grid-cols-5"
        choiceClassName="px-1! text-center"
        chosen={shape.ratio}
        onChoose={(ratio) => changeDraft({ ratio })}
        onDone={onDone}
        choices={model.aspectRatios
          .filter((choice) => groupOf(choice) === group)
          .toSorted((left, right) => right.width / right.height - left.width / left.height)
          .map((choice) => ({
            value: choice.ratio,
            content: (
              <span className="flex flex-col items-center gap-1">
                <ShapeGlyph {...choice} side={32} />
                <span className="numeric">{choice.ratio}</span>
                <span className="numeric text-ink-3 text-xs">{sizeOf(choice)}</span>
              </span>
            ),
          }))}
      />
    </div>
  ));
}
