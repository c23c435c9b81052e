"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { playTones } from "./give-notice";
import { changeNotices, restoreNotices, useNotices } from "./notice-store";

/** How to be told that pictures are ready. The tab's title always says so. */
export function NoticeSettings() {
  const t = useTranslations("settings.notices");
  const { hasSound, hasPopup } = useNotices();
  const [isRefused, setRefused] = useState(false);
  useEffect(restoreNotices, []);
  const choosePopup = async (isWanted: boolean) => {
    const isAllowed =
      !isWanted || ("Notification" in window && (await Notification.requestPermission()) === "granted");
    setRefused(!isAllowed);
    changeNotices({ hasPopup: isWanted && isAllowed });
  };
  return (
    <>
      <p className="text-ink-2 text-sm">{t("text")}</p>
      <label className="flex min-h-control items-center gap-3">
        <input
          type="checkbox"
          className="size-4 accent-prussian"
          checked={hasSound}
          onChange={({ target }) => {
            changeNotices({ hasSound: target.checked });
            if (target.checked) {
              playTones();
            }
          }}
        />
        {t("sound")}
      </label>
      <label className="flex min-h-control items-center gap-3">
        <input
          type="checkbox"
          className="size-4 accent-prussian"
          checked={hasPopup}
          onChange={({ target }) => void choosePopup(target.checked)}
        />
        {t("popup")}
      </label>
      {isRefused && (
        <p role="alert" className="text-sm text-warn">
          {t("refused")}
        </p>
      )}
    </>
  );
}
