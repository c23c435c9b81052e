"use client";

import { PenLine } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

/** The panel with everything it needs. */
export const loadImprovePanel = async () => (await import("./improve/improve-panel")).ImprovePanel;

type ImproveButtonProps = {
  text: string;
  isOpen: boolean;
  onOpen: () => void;
  onClose: () => void;
  onEmpty: () => void;
};

/** Asks for a better prompt. The panel is loaded when a hand comes near. */
export function ImproveButton({ text, isOpen, onOpen, onClose, onEmpty }: ImproveButtonProps) {
  const t = useTranslations("improve");
  // Without a network the next press tries again.
  const preload = () => void loadImprovePanel().catch(() => {});
  return (
    <Button
      tone="quiet"
      className="px-3! max-lg:flex-1 folded:hidden"
      aria-expanded={isOpen}
      onPointerEnter={preload}
      onFocus={preload}
      onClick={isOpen ? onClose : text.trim() === "" ? onEmpty : onOpen}
    >
      <PenLine size={16} strokeWidth={1.5} aria-hidden="true" />
      {t("button")}
    </Button>
  );
}
