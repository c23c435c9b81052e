"use client";

import { Link2, Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { LazyPanelButton } from "@/components/ui/panel-button";
import { Chip } from "./chip";
import type { Draft } from "./draft";

const loadPanel = async () => (await import("./panels/audience-panel")).AudiencePanel;

/** Who will see the pictures, as a sentence. */
export function AudienceChip({ isPrivate }: Pick<Draft, "isPrivate">) {
  const t = useTranslations("audience");
  const chosen = isPrivate ? "private" : "link";
  const Icon = isPrivate ? Lock : Link2;
  return (
    <LazyPanelButton
      label={t("label")}
      load={loadPanel}
      align="end"
      trigger={(trigger) => (
        <Chip aria-label={t("chip", { audience: t(`${chosen}.name`) })} {...trigger}>
          <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
          {t(`${chosen}.name`)}
        </Chip>
      )}
    >
      {(close, AudiencePanel) => <AudiencePanel isPrivate={isPrivate} onDone={close} />}
    </LazyPanelButton>
  );
}
