import { create } from "zustand";
import type { Task } from "@/lib/contracts/task";
import { addNews, type News, NO_NEWS } from "./news";

type LiveState = {
  /** Whether events arrive as they happen. */
  isLive: boolean;
  /** Set when the server no longer knows who this is. */
  isSignedOut: boolean;
  /** Collected for the live region, which tells it once. */
  news: News;
  /** Pictures that came while nobody was looking at this tab. */
  unseenCount: number;
};

export const useLive = create<LiveState>(() => ({
  isLive: false,
  isSignedOut: false,
  news: NO_NEWS,
  unseenCount: 0,
}));

/** Tells of a task that ran until now. */
export function collectNews(task: Task, isVisible: boolean): void {
  useLive.setState(({ news, unseenCount }) => {
    const next = addNews(news, task);
    return { news: next, unseenCount: isVisible ? 0 : unseenCount + next.ready - news.ready };
  });
}
