import { create } from "zustand";
import type { Problem } from "@/app/_data/problem";
import type { GenerateBody } from "@/app/_data/submit";

/** The server's last refusal until the next press, and what had been asked for when it was a submit. */
export const useNotice = create<{ problem: Problem | null; body: GenerateBody | null }>(() => ({
  problem: null,
  body: null,
}));

export function setNotice(problem: Problem | null, body: GenerateBody | null = null): void {
  useNotice.setState({ problem, body });
}

/** Says that nobody answered. */
export function setSilenceNotice(): void {
  setNotice({
    reason: "unanswered",
    message: "",
    isPaused: false,
    isUnsure: false,
    requestId: null,
    issues: [],
    retryAfterSeconds: null,
  });
}
