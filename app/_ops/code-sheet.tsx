"use client";

import { Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";

type CodeSheetProps = {
  codes: readonly string[];
  words: Record<"sheet" | "copy" | "copied" | "copyFailed", string>;
};

/** Codes to be taken away, one a line. */
export function CodeSheet({ codes, words }: CodeSheetProps) {
  const [said, setSaid] = useState<string | null>(null);
  const text = codes.join("\n");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(words.copied);
    } catch {
      // Without leave for the clipboard they can still be marked by hand.
      setSaid(words.copyFailed);
    }
  };
  return (
    <div className="flex max-w-xl flex-col items-start gap-3">
      <textarea
        readOnly
        aria-label={words.sheet}
        rows={Math.min(codes.length, 12)}
        value={text}
        className="numeric w-full resize-y rounded-control border border-line-strong bg-sheet px-3 py-2 font-mono text-field sm:text-base"
      />
      <Button onClick={() => void copy()}>
        <Copy size={15} strokeWidth={1.75} aria-hidden="true" />
        {words.copy}
      </Button>
      <p role="status" className="text-sm empty:hidden">
        {said}
      </p>
    </div>
  );
}
