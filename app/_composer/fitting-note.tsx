"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { changeDraft, useDraft } from "./draft-store";
import type { Settings } from "./settings";

/** What the model makes otherwise than it was asked for, and the way back to the one that made it so. */
export function FittingNote({ settings: { model, shape, count } }: { settings: Settings }) {
  const t = useTranslations("composer");
  const { draft: asked, isRestored } = useDraft();
  const isOtherShape = asked.ratio !== shape.ratio;
  const isOtherCount = asked.count !== count;
  const isFitting = !isOtherShape && !isOtherCount;
  const [fitting, setFitting] = useState<Settings["model"] | null>(null);
  if (isFitting && isRestored && fitting !== model) {
    setFitting(model);
  }
  return (
    // There from the first, so that what comes into it is read out.
    <span aria-live="polite" className="empty:absolute">
      {isOtherCount && <>{t("count.max", { model: model.title, max: model.numOutputsMax })} </>}
      {isOtherShape && (
        <>{t("shape.nearest", { model: model.title, asked: asked.ratio, ratio: shape.ratio })} </>
      )}
      {!isFitting && fitting && (
        <button
          type="button"
          className="touch-target font-medium text-prussian underline underline-offset-2"
          onClick={() => changeDraft({ model: fitting.id })}
        >
          {t("useModel", { model: fitting.title })}
        </button>
      )}
    </span>
  );
}
