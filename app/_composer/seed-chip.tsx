"use client";

import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { LazyPanelButton } from "@/components/ui/panel-button";
import { Chip } from "./chip";
import type { Draft } from "./draft";

const loadPanel = async () => (await import("./panels/seed-panel")).SeedPanel;

export function SeedChip({ seed }: Pick<Draft, "seed">) {
  const t = useTranslations("composer.seed");
  return (
    <LazyPanelButton
      label={t("label")}
      load={loadPanel}
      className="w-72"
      trigger={(trigger) => (
        <Chip
          data-field="seed"
          aria-label={seed === null ? t("chipRandom") : t("chip", { seed: String(seed) })}
          {...trigger}
        >
          {seed === null ? (
            t("random")
          ) : (
            <>
              <span className="numeric">{t("value", { seed: String(seed) })}</span>
              <Lock size={13} strokeWidth={1.75} aria-hidden="true" />
            </>
          )}
        </Chip>
      )}
    >
      {(close, SeedPanel) => <SeedPanel seed={seed} onDone={close} />}
    </LazyPanelButton>
  );
}
