"use client";

import { useEffect } from "react";
import { readKnownBalance, refreshMoney } from "./balance-queries";
import { followTasks } from "./follow-tasks";
import { isTask } from "./guards";
import { parseJson } from "./json";
import { collectNews, useLive } from "./live-store";
import { type Change, createNewsReader } from "./news";
import { serverNowMs } from "./server-clock";
import { onTaskFeed, readTaskFeed, receiveTasks, refreshTasks, watchTasks } from "./task-queries";

/** A page that is left is hidden for a moment, too. */
const HIDDEN_MS = 1_000;

/** Keeps tasks and balance of this tab true for as long as it is on the page. Draws nothing. */
export function TaskFollower() {
  useEffect(() => {
    const isVisible = () => document.visibilityState === "visible";

    // Every way in (events, snapshots, answers) is read for what has ended, whether or not the page shows tasks.
    const news = createNewsReader(readTaskFeed()?.tasks, serverNowMs());
    const tell = ({ ended, isMoneyMoved }: Change) => {
      for (const task of ended) {
        collectNews(task, isVisible());
      }
      if (isMoneyMoved) {
        void refreshMoney();
      }
    };
    const unsubscribe = onTaskFeed((feed) => feed && tell(news.read(feed.tasks)));
    // A page that shows no tasks comes without them. Once something may be missed they are kept for the news alone.
    let letGo: (() => void) | undefined;
    const keepTasks = () => {
      letGo ??= watchTasks();
    };
    const isHeld = () => (readKnownBalance()?.held ?? 0) > 0;

    const follower = followTasks({
      openStream({ onOpen, onTask, onError }) {
        const source = new EventSource("/api/task/events");
        source.addEventListener("open", onOpen);
        source.addEventListener("task", (event) => onTask(String(event.data)));
        source.addEventListener("error", () => onError(source.readyState === EventSource.CLOSED));
        return source;
      },
      receive(data) {
        const task = parseJson(data);
        if (isTask(task)) {
          tell(news.hear([task]));
          receiveTasks([task]);
        }
      },
      refresh(isFirst) {
        void refreshTasks();
        // What runs while the page loads may have ended before its stream was open.
        if (!isFirst || isHeld()) {
          keepTasks();
        }
        void refreshMoney();
      },
      isVisible,
      hasRunning: () => readTaskFeed()?.tasks.some((task) => task.status === "processing") ?? isHeld(),
      onLiveChange: (isLive) => useLive.setState({ isLive }),
    });

    let hidden: ReturnType<typeof setTimeout> | undefined;
    const wake = () => {
      clearTimeout(hidden);
      if (isVisible()) {
        useLive.setState({ unseenCount: 0 });
      } else {
        // Whether a hidden tab goes on listening depends on what is running.
        hidden = setTimeout(keepTasks, HIDDEN_MS);
      }
      follower.wake();
    };
    document.addEventListener("visibilitychange", wake);
    window.addEventListener("online", wake);
    window.addEventListener("pageshow", wake);
    return () => {
      document.removeEventListener("visibilitychange", wake);
      window.removeEventListener("online", wake);
      window.removeEventListener("pageshow", wake);
      clearTimeout(hidden);
      unsubscribe();
      letGo?.();
      follower.stop();
    };
  }, []);

  return null;
}
