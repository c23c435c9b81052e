"use client";

import type { LucideIcon } from "lucide-react";
import { Copy, Lock, ReceiptText, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { Task } from "@/lib/contracts/task";
import { reuseSettings } from "./task-actions";
import { useRemoveSheet } from "./use-remove-sheet";

type SheetMenuItemsProps = { task: Task; onDone: () => void };

/** The rarer actions of a sheet. Deleting asks once more, because it takes all its pictures away. */
export function SheetMenuItems({ task, onDone }: SheetMenuItemsProps) {
  const t = useTranslations("sheet");
  const remove = useRemoveSheet();
  const [isAsking, setAsking] = useState(false);
  if (isAsking) {
    return (
      <div className="p-2">
        <p>{t("deleteQuestion", { count: task.images.length })}</p>
        <div className="mt-3 flex gap-2">
          <Button
            size="small"
            tone="bad"
            onClick={() => {
              onDone();
              void remove(task);
            }}
          >
            {t("delete")}
          </Button>
          <Button size="small" tone="quiet" onClick={() => setAsking(false)}>
            {t("keep")}
          </Button>
        </div>
      </div>
    );
  }
  const copy = () => {
    // Clipboard access may be refused; the prompt is on the page to be selected by hand.
    navigator.clipboard.writeText(task.prompt).catch(() => {});
    onDone();
  };
  return (
    <ul>
      <MenuItem
        icon={Lock}
        label={t("remixWithSeed", { seed: String(task.seed) })}
        onClick={() => {
          onDone();
          reuseSettings(task, { withSeed: true });
        }}
      />
      <MenuItem icon={Copy} label={t("copyPrompt")} onClick={copy} />
      <li>
        <Link
          href={`/credits/receipts/${task.id}`}
          className="flex min-h-control w-full items-center gap-3 rounded-control px-3 text-left transition-colors hover:bg-tray"
        >
          <ReceiptText size={16} strokeWidth={1.5} aria-hidden="true" className="text-ink-3" />
          {t("receipt")}
        </Link>
      </li>
      {task.status !== "processing" && (
        <MenuItem icon={Trash2} label={t("delete")} onClick={() => setAsking(true)} />
      )}
    </ul>
  );
}

function MenuItem({ icon: Icon, label, onClick }: { icon: LucideIcon; label: string; onClick: () => void }) {
  return (
    <li>
      <button
        type="button"
        onClick={onClick}
        className="flex min-h-control w-full items-center gap-3 rounded-control px-3 text-left transition-colors hover:bg-tray"
      >
        <Icon size={16} strokeWidth={1.5} aria-hidden="true" className="text-ink-3" />
        {label}
      </button>
    </li>
  );
}
