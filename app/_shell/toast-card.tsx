"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { isFreeCommand } from "./is-free-key";
import { hideToast, type Toast } from "./toast-store";

const SHOWN_MS = 8_000;

/** What just happened, and its way back. It stays while a pointer or the keyboard is on it. */
export function ToastCard({ toast }: { toast: Toast }) {
  const t = useTranslations("toast");
  const [isPointedAt, setPointedAt] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const isHeld = isPointedAt || isFocused;
  const { undo } = toast;

  useEffect(() => {
    if (isHeld) {
      return;
    }
    const timer = setTimeout(hideToast, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isHeld]);

  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (undo && isFreeCommand(event, "z")) {
        event.preventDefault();
        hideToast();
        undo();
      }
    };
    document.addEventListener("keydown", handleKey);
    return () => document.removeEventListener("keydown", handleKey);
  }, [undo]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: being looked at only keeps it longer.
    <div
      onPointerEnter={() => setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      className="pointer-events-auto flex max-w-md animate-rise items-center gap-2 rounded-panel bg-ink py-1.5 pr-1.5 pl-4 text-paper text-sm shadow-float forced-colors:border"
    >
      <span>{toast.message}</span>
      {undo && <ToastAction label={t("undo")} keys="Control+Z Meta+Z" act={undo} />}
      {toast.more && <ToastAction {...toast.more} />}
      <IconButton
        icon={X}
        label={t("dismiss")}
        onClick={hideToast}
        className="text-paper! hover:bg-paper/15!"
      />
    </div>
  );
}

type ToastActionProps = { label: string; keys?: string; act: () => void };

function ToastAction({ label, keys, act }: ToastActionProps) {
  return (
    <Button
      size="small"
      aria-keyshortcuts={keys}
      tone="quiet"
      className="text-paper! hover:bg-paper/15!"
      onClick={() => {
        hideToast();
        act();
      }}
    >
      {label}
    </Button>
  );
}
