"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { callAuth } from "@/app/_account/call-auth";
import { readDefaultIsPrivate, saveDefaultIsPrivate } from "@/app/_composer/default-audience";
import { changeDraft, restoreDraft } from "@/app/_composer/draft-store";
import { callApi } from "@/app/_data/call-api";
import { pauseOf } from "@/app/_data/pause-of";
import { showToast } from "@/app/_shell/toast-store";
import { Button } from "@/components/ui/button";
import { ChoiceList } from "@/components/ui/choice-list";

/** What others can reach: all links at once, and other devices. */
export function PrivacySettings() {
  const t = useTranslations("settings.privacy");
  const takeBack = async () => {
    const answer = await callApi("/api/library/share", { method: "DELETE" });
    showToast(answer.kind === "ok" ? t("takenBack") : (pauseOf(answer) ?? t("failed")));
  };
  const signOutOthers = async () => {
    const answer = await callAuth("revoke-other-sessions", {});
    showToast(answer.kind === "ok" ? t("signedOut") : t("failed"));
  };
  return (
    <>
      <DefaultAudience />
      <p className="text-ink-2 text-sm">{t("text")}</p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void takeBack()}>{t("takeBack")}</Button>
        <Button onClick={() => void signOutOthers()}>{t("signOutOthers")}</Button>
      </div>
    </>
  );
}

const AUDIENCES = ["private", "link"] as const;
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** For whom new pictures are; each can still be made for others, and changed at any time. */
function DefaultAudience() {
  const t = useTranslations("settings.privacy");
  const words = useTranslations("audience");
  const isPrivate = useSyncExternalStore(subscribe, readDefaultIsPrivate, () => true);
  const choose = (isNowPrivate: boolean) => {
    saveDefaultIsPrivate(isNowPrivate);
    // The draft that is waiting in the composer is a new picture, too.
    restoreDraft("");
    changeDraft({ isPrivate: isNowPrivate });
    for (const listener of listeners) {
      listener();
    }
  };
  return (
    <div className="w-full text-sm">
      <p className="font-medium">{t("newPictures")}</p>
      <ChoiceList
        label={t("newPictures")}
        chosen={isPrivate ? "private" : "link"}
        onChoose={(value) => choose(value === "private")}
        className="my-2 grid gap-1 sm:grid-cols-2"
        choiceClassName="border border-line"
        choices={AUDIENCES.map((value) => ({
          value,
          content: (
            <>
              <span className="block font-medium">{words(`${value}.name`)}</span>
              <span className="block text-ink-2">{words(`${value}.sentence`)}</span>
            </>
          ),
        }))}
      />
      <p className="text-ink-3">{t("newPicturesNote")}</p>
    </div>
  );
}
