"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useLive } from "@/app/_data/live-store";
import { NO_NEWS } from "@/app/_data/news";
import { markIcon } from "./mark-icon";

const loadNotice = () => import("@/app/_settings/give-notice");

/** Several tasks often end together; they are told in one sentence. */
const COLLECT_MS = 600;

/** Tells assistive technology what has ended, once; and by the tab's title and icon how many pictures came unseen. */
export function LiveRegion() {
  const t = useTranslations("news");
  const news = useLive((state) => state.news);
  const unseenCount = useLive((state) => state.unseenCount);
  const [message, setMessage] = useState({ told: "", number: 0 });

  useEffect(() => {
    if (news === NO_NEWS) {
      return;
    }
    const timer = setTimeout(() => {
      const parts = [
        news.ready > 0 && t("ready", { count: news.ready }),
        news.failed > 0 && t("failed", { count: news.failed }),
        news.canceled > 0 && t("canceled", { count: news.canceled }),
        news.returnedCredits > 0 && t("returned", { credits: news.returnedCredits }),
      ];
      const told = parts.filter(Boolean).join(t("separator"));
      setMessage(({ number }) => ({ told, number: number + 1 }));
      if (document.visibilityState === "hidden") {
        void loadNotice()
          .then(({ giveNotice }) => giveNotice(told))
          // Without a network the title and the icon tell it.
          .catch(() => {});
      }
      useLive.setState({ news: NO_NEWS });
    }, COLLECT_MS);
    return () => clearTimeout(timer);
  }, [news, t]);

  useEffect(() => {
    if (unseenCount === 0) {
      return;
    }
    const title = document.title;
    document.title = t("title", { count: unseenCount });
    const unmarkIcon = markIcon();
    return () => {
      document.title = title;
      unmarkIcon();
    };
  }, [unseenCount, t]);

  return (
    // Said in so many words: what an open dialog hides from assistive technology is all else.
    <p role="status" aria-live="polite" className="sr-only">
      {/* Anew each time: the same words once more are news, too. */}
      <span key={message.number}>{message.told}</span>
    </p>
  );
}
