"use client";

import { type ReactNode, useEffect, useRef } from "react";

type ResetHeadProps = {
  title: string;
  children: ReactNode;
  /** It answers a press. The form that had the focus is gone, so this has it, and is read out. */
  isAnswer?: boolean;
};

/** What this step is, or what came of the one before. */
export function ResetHead({ title, children, isAnswer = false }: ResetHeadProps) {
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isAnswer) {
      head.current?.focus();
    }
  }, [isAnswer]);
  return (
    <div ref={head} tabIndex={-1} className="mb-8 outline-none">
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      <div className="mt-2 space-y-2 text-ink-2">{children}</div>
    </div>
  );
}
