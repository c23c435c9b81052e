import { useEffect } from "react";
import { useLoaded } from "@/components/ui/use-loaded";
import { useDraft } from "./draft-store";
import type { StudioFacts } from "./studio-facts";

const loadFollower = () => import("./account-draft");

/** The draft of somebody signed in is their account's, too. What sees to that is loaded once the two are apart. */
export function useAccountDraft({ balance, draft }: StudioFacts): void {
  const savedAtMs = draft ? Date.parse(draft.changedAt) : 0;
  const isApart = useDraft(({ isRestored, changedAtMs }) => isRestored && changedAtMs !== savedAtMs);
  const follower = useLoaded(balance !== null && isApart, loadFollower);
  useEffect(() => follower?.followDraft(draft), [follower, draft]);
}
