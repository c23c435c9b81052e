"use client";

import { History } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { LazyPanelButton } from "@/components/ui/panel-button";

const loadPanel = async () => (await import("./panels/history-panel")).HistoryPanel;

/** The way to earlier prompts for whoever has no Alt and arrows, or means one from long ago. */
export function HistoryButton() {
  const label = useTranslations("composer.history")("label");
  return (
    <LazyPanelButton
      label={label}
      load={loadPanel}
      align="end"
      className="w-96"
      trigger={(trigger) => (
        <IconButton icon={History} label={label} className="folded:hidden" {...trigger} />
      )}
    >
      {(close, HistoryPanel) => <HistoryPanel onDone={close} />}
    </LazyPanelButton>
  );
}
