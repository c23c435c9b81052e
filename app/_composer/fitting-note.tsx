"use client";

import { useTranslations } from "next-intl";
import type { Draft } from "./draft";
import { changeDraft } from "./draft-store";
import type { Settings } from "./settings";

type FittingNoteProps = {
  asked: Draft;
  settings: Settings;
  /** The last model that could do it as it was asked; null where none was chosen here. */
  fitting: Settings["model"] | null;
};

/** What the model makes otherwise than it was asked for, and the way back to the one that made it so. */
export function FittingNote({ asked, settings: { model, shape, count }, fitting }: FittingNoteProps) {
  const t = useTranslations("composer");
  return (
    <>
      {asked.count !== count && <>{t("count.max", { model: model.title, max: model.numOutputsMax })} </>}
      {asked.ratio !== shape.ratio && (
        <>{t("shape.nearest", { model: model.title, asked: asked.ratio, ratio: shape.ratio })} </>
      )}
      {fitting && (
        <button
          type="button"
          className="touch-target font-medium text-prussian underline underline-offset-2"
          onClick={() => changeDraft({ model: fitting.id })}
        >
          {t("useModel", { model: fitting.title })}
        </button>
      )}
    </>
  );
}
