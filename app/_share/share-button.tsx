"use client";

import { Link2, Users } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { AppealNote } from "@/app/_appeals/appeal-note";
import { callApi } from "@/app/_data/call-api";
import { isTask } from "@/app/_data/guards";
import { type ShareChoice, sharePictures } from "@/app/_data/picture-actions";
import { receiveTasks } from "@/app/_data/task-queries";
import { showToast } from "@/app/_shell/toast-store";
import type { Picture } from "@/app/_viewer/picture-list";
import { Button } from "@/components/ui/button";
import { PanelButton } from "@/components/ui/panel-button";
import { localizePath } from "@/i18n/localize-path";
import { ShareForm } from "./share-form";
import { useHasEnded } from "./use-has-ended";

/** Who can see this picture, in a sentence; the way to change it, and the link while there is one. */
export function ShareButton({ picture }: { picture: Picture }) {
  const t = useTranslations("sharing");
  const words = useTranslations("audience");
  const format = useFormatter();
  const locale = useLocale();
  const { image, task } = picture;
  const { audience, shareExpiresAt, reviewState } = image;
  const hasEnded = useHasEnded(audience === "link" ? shareExpiresAt : null);
  const isOpen = audience !== "private" && !hasEnded;
  const date =
    audience === "link" &&
    shareExpiresAt &&
    format.dateTime(new Date(shareExpiresAt), { dateStyle: "medium", timeStyle: "short" });

  const share = async (choice: ShareChoice) => {
    // Who can see a picture is never said before it is so; and its new link only the server knows.
    const outcome = await sharePictures([image.id], choice);
    const answer = await callApi("/api/task", { method: "POST", body: { fluxId: task.id } });
    if (answer.kind === "ok" && isTask(answer.body)) {
      receiveTasks([answer.body]);
    }
    showToast(outcome.isDone ? t("saved") : (outcome.pause ?? t("failed")));
  };
  const copy = async () => {
    const address = `${window.location.origin}${localizePath(`/p/${image.shareId}`, locale)}`;
    try {
      await navigator.clipboard.writeText(address);
      showToast(t("copied"));
    } catch {
      // Without leave for the clipboard the link can still be opened and copied there.
      window.open(address, "_blank", "noopener");
    }
  };

  return (
    <div>
      <p>{isOpen ? t(`${audience}.sentence`) : t("onlyYou")}</p>
      {date && <p className="text-ink-3">{hasEnded ? t("endedAt", { date }) : t("endsAt", { date })}</p>}
      {reviewState && <p className="text-ink-3">{t(`review.${reviewState}`)}</p>}
      {image.reviewReason && <p>{t("reviewReason", { reason: image.reviewReason })}</p>}
      {(reviewState === "rejected" || image.appeal?.state === "allowed") && (
        <AppealNote subject={image.id} appeal={image.appeal} />
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        <PanelButton
          label={words("label")}
          trigger={(trigger) => (
            <Button size="small" {...trigger}>
              <Users size={15} strokeWidth={1.75} aria-hidden="true" />
              {t("change")}
            </Button>
          )}
        >
          {(close) => (
            <ShareForm
              initial={image}
              onChoose={(choice) => {
                close();
                void share(choice);
              }}
            />
          )}
        </PanelButton>
        {isOpen && (
          <Button size="small" onClick={() => void copy()}>
            <Link2 size={15} strokeWidth={1.75} aria-hidden="true" />
            {t("copy")}
          </Button>
        )}
      </div>
    </div>
  );
}
