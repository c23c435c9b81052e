"use client";

import { useEffect } from "react";
import { setNotice, useNotice } from "@/app/_composer/notice-store";
import { ProblemSentence } from "@/app/_composer/problem-sentence";
import { showToast } from "@/app/_shell/toast-store";

/** Has refusals said in a toast, as there is no composer on the page to say them; nothing stands here. */
export function NoticeToast() {
  const problem = useNotice((state) => state.problem);
  useEffect(() => {
    if (problem) {
      showToast(<ProblemSentence problem={problem} />);
      setNotice(null);
    }
  }, [problem]);
  return null;
}
