"use client";

import { useEffect } from "react";
import { refreshMoney } from "./balance-queries";
import { followTasks } from "./follow-tasks";
import { isTask } from "./guards";
import { parseJson } from "./json";
import { collectNews, useLive } from "./live-store";
import { compareFeeds, movesMoney } from "./news";
import { serverNowMs } from "./server-clock";
import { onTaskFeed, readTaskFeed, receiveTasks, refreshTasks } from "./task-queries";

/** Keeps tasks and balance of this tab true for as long as it is on the page. Draws nothing. */
export function TaskFollower() {
  useEffect(() => {
    const isVisible = () => document.visibilityState === "visible";
    const findTask = (id: string) => readTaskFeed()?.tasks.find((task) => task.id === id);

    // Every way in (events, snapshots, answers) ends in the cache, so what changed is read off the cache.
    const findChange = compareFeeds(readTaskFeed()?.tasks, serverNowMs());
    const unsubscribe = onTaskFeed((feed) => {
      if (!feed) {
        return;
      }
      const { ended, isMoneyMoved } = findChange(feed.tasks);
      for (const task of ended) {
        collectNews(task, isVisible());
      }
      if (isMoneyMoved) {
        void refreshMoney();
      }
    });

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
          if (!readTaskFeed() && movesMoney(findTask(task.id), task)) {
            void refreshMoney();
          }
          receiveTasks([task]);
        }
      },
      refresh() {
        void refreshTasks();
        void refreshMoney();
      },
      isVisible,
      hasRunning: () => readTaskFeed()?.tasks.some((task) => task.status === "processing") ?? false,
      onLiveChange: (isLive) => useLive.setState({ isLive }),
    });

    const wake = () => {
      if (isVisible()) {
        useLive.setState({ unseenCount: 0 });
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
      unsubscribe();
      follower.stop();
    };
  }, []);

  return null;
}
