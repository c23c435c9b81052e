"use client";

import { useTranslations } from "next-intl";
import { LazyPanelButton } from "@/components/ui/panel-button";
import { Chip } from "./chip";
import { type Settings, sizeOf } from "./settings";
import { ShapeGlyph } from "./shape-glyph";

const loadPanel = async () => (await import("./panels/shape-panel")).ShapePanel;

export function ShapeChip({ model, shape }: Pick<Settings, "model" | "shape">) {
  const t = useTranslations("composer.shape");
  return (
    <LazyPanelButton
      label={t("label")}
      load={loadPanel}
      className="w-[26rem]"
      trigger={(trigger) => (
        <Chip
          data-field="aspectRatio"
          aria-label={t("chip", { ratio: shape.ratio, size: sizeOf(shape) })}
          {...trigger}
        >
          <ShapeGlyph {...shape} />
          <span className="numeric">{shape.ratio}</span>{" "}
          <span className="numeric text-ink-3 max-sm:hidden">{sizeOf(shape)}</span>
        </Chip>
      )}
    >
      {(close, ShapePanel) => <ShapePanel model={model} shape={shape} onDone={close} />}
    </LazyPanelButton>
  );
}
