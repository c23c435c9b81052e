"use client";

import clsx from "clsx";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { usePath } from "@/i18n/use-path";

/** Drawn by the server, so that no icon is in the script. */
type StudioPlace = { href: string; icon: ReactNode; name: string };

type StudioNavProps = { places: readonly StudioPlace[]; className: string; itemClassName: string };

/** The studio's places: a rail on a desk, tabs under the thumb on a phone. */
export function StudioNav({ places, className, itemClassName }: StudioNavProps) {
  const t = useTranslations("shell");
  const pathname = usePath();
  return (
    <nav aria-label={t("places")} className={className}>
      {places.map(({ href, icon, name }) => {
        const isHere = pathname === href || pathname.startsWith(`${href}/`);
        return (
          <Link
            key={href}
            href={href}
            aria-current={isHere ? "page" : undefined}
            className={clsx(
              "flex flex-col items-center justify-center gap-0.5 text-xs transition-colors",
              isHere ? "font-medium text-prussian" : "text-ink-3 hover:text-ink",
              itemClassName,
            )}
          >
            {icon}
            {name}
          </Link>
        );
      })}
    </nav>
  );
}
