import type { ReactNode } from "react";
import { WaitingDraft } from "./waiting-draft";

/** What stands at the door: a form or an answer, and on a desk the waiting print beside it. */
export function AccountFrame({ children }: { children: ReactNode }) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto grid w-full max-w-4xl flex-1 gap-12 px-4 py-8 outline-none lg:grid-cols-2 lg:gap-18 lg:py-18"
    >
      <div className="max-lg:hidden">
        <WaitingDraft />
      </div>
      <div className="mx-auto w-full max-w-sm self-center">{children}</div>
    </main>
  );
}
