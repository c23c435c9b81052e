"use client";

import clsx from "clsx";
import { Activity, Aperture, Gauge, Images, Wallet } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { usePath } from "@/i18n/use-path";

const PLACES = [
  { href: "/create", name: "create", icon: Aperture },
  { href: "/library", name: "library", icon: Images },
  { href: "/activity", name: "activity", icon: Activity },
  { href: "/credits", name: "credits", icon: Wallet },
] as const;
const OPERATORS_PLACE = { href: "/ops", name: "ops", icon: Gauge } as const;

type StudioNavProps = { isOperator: boolean; className: string; itemClassName: string };

/** The studio's places: a rail on a desk, tabs under the thumb on a phone. Operators have one more. */
export function StudioNav({ isOperator, className, itemClassName }: StudioNavProps) {
  const t = useTranslations("shell");
  const pathname = usePath();
  return (
    <nav aria-label={t("places")} className={className}>
      {[...PLACES, ...(isOperator ? [OPERATORS_PLACE] : [])].map(({ href, name, icon: Icon }) => {
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
            <Icon size={20} strokeWidth={1.5} aria-hidden="true" />
            {t(`place.${name}`)}
          </Link>
        );
      })}
    </nav>
  );
}
