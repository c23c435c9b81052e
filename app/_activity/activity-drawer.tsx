"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import * as Dialog from "radix-ui/dialog";
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { refreshModels, useKnownModels } from "@/app/_data/model-queries";
import { refreshTasks, useKnownTasks } from "@/app/_data/task-queries";
import { Button, buttonLook } from "@/components/ui/button";
import { DialogFrame } from "@/components/ui/dialog-frame";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { usePath } from "@/i18n/use-path";
import { Activity } from "./activity";

const PAGE = "/activity";

/** The activity beside whatever page the reader is on. On its own page there is nothing to bring. */
export function ActivityDrawer({ onClose }: { onClose: () => void }) {
  const t = useTranslations("activity");
  const places = useTranslations("shell.place");
  const path = usePath();
  const [openedOn] = useState(path);
  // No button opened it, so where the focus was is remembered here.
  const [opener] = useState(() => document.activeElement);
  const isElsewhere = path !== openedOn || path === PAGE;
  useEffect(() => {
    if (isElsewhere) {
      onClose();
    }
  }, [isElsewhere, onClose]);

  if (isElsewhere) {
    return null;
  }
  return (
    <DialogFrame
      onClose={onClose}
      returnFocus={() => {
        // What was pressed in it may have led to the composer.
        if (opener instanceof HTMLElement && document.activeElement === document.body) {
          opener.focus({ preventScroll: true });
        }
      }}
      className="inset-y-0 right-0 flex w-full max-w-lg flex-col border-l bg-paper"
    >
      <div className="flex items-center justify-between px-6 pt-4 pb-2">
        <Dialog.Title className="font-semibold text-xl tracking-tight">{places("activity")}</Dialog.Title>
        <Dialog.Close asChild>
          <IconButton icon={X} label={t("close")} />
        </Dialog.Close>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-2">
        {/* At once: what leads to the composer cannot put the focus there before this is gone. */}
        <KnownActivity onLeave={() => flushSync(onClose)} />
      </div>
      <div className="border-line border-t px-6 py-3">
        <Link href={PAGE} className={buttonLook({ size: "small" })}>
          {t("whole")}
        </Link>
      </div>
    </DialogFrame>
  );
}

function KnownActivity({ onLeave }: { onLeave: () => void }) {
  const t = useTranslations("activity");
  const tasks = useKnownTasks();
  const models = useKnownModels();
  if (tasks.data && models.data) {
    return <Activity firstPage={tasks.data} models={models.data} onLeave={onLeave} />;
  }
  if (tasks.isFailed || models.isFailed) {
    return (
      <div role="alert">
        <p className="mb-3">{t("error")}</p>
        <Button
          size="small"
          onClick={() => {
            void refreshTasks();
            void refreshModels();
          }}
        >
          {t("retry")}
        </Button>
      </div>
    );
  }
  return (
    <p role="status" className="text-ink-2">
      {t("loading")}
    </p>
  );
}
