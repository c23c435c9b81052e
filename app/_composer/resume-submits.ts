import { keptSubmits } from "@/app/_data/submit-store";

/** After a reload: goes on with what was under way, where anything was. */
export function resumeSubmits(): void {
  if (keptSubmits.length > 0) {
    void import("./resume-kept").then(({ resumeKept }) => resumeKept());
  }
}
