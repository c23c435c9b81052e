"use client";

import { Printer } from "lucide-react";
import { Button } from "@/components/ui/button";

/** Prints the page, which the browser can save as a PDF, too. */
export function PrintButton({ label }: { label: string }) {
  return (
    <Button size="small" tone="quiet" onClick={() => window.print()}>
      <Printer size={15} strokeWidth={1.75} aria-hidden="true" />
      {label}
    </Button>
  );
}
