import { replaceText, useDraft } from "@/app/_composer/draft-store";

/** Puts a proposal in. What the person had written themselves stays with it, over one proposal after another. */
export function takeProposal(proposedText: string): void {
  const { text, writtenText } = useDraft.getState().draft;
  replaceText(proposedText, { writtenText: writtenText ?? text, proposedText });
}
