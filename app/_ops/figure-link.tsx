import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";

/** A figure that leads to what it counts. */
export function FigureLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="text-prussian underline decoration-line-strong underline-offset-4">
      {children}
    </Link>
  );
}
