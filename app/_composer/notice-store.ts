import { create } from "zustand";
import type { Problem } from "@/app/_data/problem";

/** The server's last refusal of a submit, until the next press. */
export const useNotice = create<{ problem: Problem | null }>(() => ({ problem: null }));

export function setNotice(problem: Problem | null): void {
  useNotice.setState({ problem });
}

/** Says that nobody answered. */
export function setSilenceNotice(): void {
  setNotice({ reason: "unanswered", message: "", requestId: null, issues: [], retryAfterSeconds: null });
}
