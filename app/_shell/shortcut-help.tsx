"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import * as Dialog from "radix-ui/dialog";
import { type ReactNode, useState } from "react";
import { DialogFrame } from "@/components/ui/dialog-frame";
import { IconButton } from "@/components/ui/icon-button";

/** Every key there is, by where it works. */
export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const t = useTranslations("shortcuts");
  // Nothing on the page opened it, so where the focus was is remembered here.
  const [opener] = useState(() => document.activeElement);
  const command = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
  return (
    <DialogFrame
      onClose={onClose}
      returnFocus={() => {
        if (opener instanceof HTMLElement) {
          opener.focus({ preventScroll: true });
        }
      }}
      className="inset-x-4 top-1/2 mx-auto max-h-[85dvh] max-w-3xl -translate-y-1/2 overflow-y-auto rounded-panel border bg-sheet p-6 text-sm"
    >
      <div className="mb-4 flex items-center justify-between">
        <Dialog.Title className="font-semibold text-lg">{t("title")}</Dialog.Title>
        <Dialog.Close asChild>
          <IconButton icon={X} label={t("close")} />
        </Dialog.Close>
      </div>
      <div className="grid gap-x-12 gap-y-6 sm:grid-cols-2">
        <Group title={t("everywhere")}>
          <Line keys={["/"]} does={t("field")} />
          <Line keys={["g", "c"]} does={t("create")} />
          <Line keys={["g", "l"]} does={t("library")} />
          <Line keys={["g", "a"]} does={t("activity")} />
          <Line keys={["g", "m"]} does={t("credits")} />
          <Line keys={[command, "Z"]} does={t("undo")} />
          <Line keys={["?"]} does={t("help")} />
        </Group>
        <Group title={t("composer")}>
          <Line keys={[command, "Enter"]} does={t("make")} />
          <Line keys={["Alt", "↑ ↓"]} does={t("earlier")} />
          <Line keys={[command, "Z"]} does={t("bringBack")} />
          <Line keys={["Esc"]} does={t("leave")} />
        </Group>
        <Group title={t("viewer")}>
          <Line keys={["← →"]} does={t("walk")} />
          <Line keys={["r"]} does={t("remix")} />
          <Line keys={["s"]} does={t("seed")} />
          <Line keys={["p"]} does={t("prompt")} />
          <Line keys={["."]} does={t("favourite")} />
          <Line keys={["d"]} does={t("download")} />
          <Line keys={["i"]} does={t("details")} />
        </Group>
        <Group title={t("tiles")}>
          <Line keys={["← ↑ → ↓"]} does={t("walk")} />
          <Line keys={["Space"]} does={t("choose")} />
          <Line keys={[command, "A"]} does={t("chooseAll")} />
          <Line keys={["."]} does={t("favourite")} />
          <Line keys={["r"]} does={t("retry")} />
          <Line keys={["Del"]} does={t("delete")} />
          <Line keys={["Esc"]} does={t("chooseNone")} />
        </Group>
      </div>
    </DialogFrame>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 font-medium text-ink-2">{title}</h3>
      <dl className="space-y-1.5">{children}</dl>
    </section>
  );
}

function Line({ keys, does }: { keys: string[]; does: string }) {
  return (
    <div className="flex items-center justify-between gap-4">
      <dt className="order-2 flex shrink-0 gap-1">
        {keys.map((key) => (
          <kbd
            key={key}
            className="numeric min-w-6 rounded-print border border-line-strong bg-paper px-1.5 text-center text-xs leading-5"
          >
            {key}
          </kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </div>
  );
}
