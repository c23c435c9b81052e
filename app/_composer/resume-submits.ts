import { readKeptSubmits } from "@/app/_data/submit-store";

/** After a reload: goes on with what was under way, where anything was. Read before another press writes over it. */
export function resumeSubmits(): void {
  const kept = readKeptSubmits();
  if (kept.startsWith("[{")) {
    void import("./resume-kept").then(({ resumeKept }) => resumeKept(kept));
  }
}
