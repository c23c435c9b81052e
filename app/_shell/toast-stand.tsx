"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { hideToast, type Toast, useToast } from "./toast-store";

const SHOWN_MS = 8_000;

/** Where the page says what just happened. It stays while a pointer or the keyboard is on it. */
export function ToastStand() {
  const toast = useToast((state) => state.toast);
  return (
    <div
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-[calc(var(--toast-inset)+env(safe-area-inset-bottom))] z-50 flex justify-center px-4 lg:bottom-6"
    >
      {toast && <ToastCard key={toast.id} toast={toast} />}
    </div>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const t = useTranslations("toast");
  const [isHeld, setHeld] = useState(false);

  useEffect(() => {
    if (isHeld) {
      return;
    }
    const timer = setTimeout(hideToast, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isHeld]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: being looked at only keeps it longer.
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex max-w-md animate-rise items-center gap-2 rounded-panel bg-ink py-1.5 pr-1.5 pl-4 text-paper text-sm shadow-float forced-colors:border"
    >
      <span>{toast.message}</span>
      {toast.undo && <ToastAction label={t("undo")} act={toast.undo} />}
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

function ToastAction({ label, act }: { label: string; act: () => void }) {
  return (
    <Button
      size="small"
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
