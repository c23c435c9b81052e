"use client";

import { Blend, Compass, Keyboard, LogOut, Settings } from "lucide-react";
import { useTranslations } from "next-intl";
import { signOut } from "@/app/_account/sign-out";
import { Link } from "@/components/ui/link";
import type { Theme } from "@/i18n/preferences";
import { LocaleSwitch } from "./locale-switch";
import { openOverlay } from "./overlay";
import { ThemeSwitch } from "./theme-switch";

export type AccountMenuProps = { name: string; email: string; theme: Theme };

const PLACES = [
  { href: "/explore", name: "explore", icon: Compass },
  { href: "/models", name: "models", icon: Blend },
  { href: "/settings", name: "settings", icon: Settings },
] as const;

/** Who is signed in, the rarer places, and the way out. On a phone also language and look, which have no room in the header. */
export function AccountMenuItems({ name, email, theme, onDone }: AccountMenuProps & { onDone: () => void }) {
  const t = useTranslations("shell");
  return (
    <div>
      <div className="border-line border-b px-3 py-2">
        <p className="truncate font-medium">{name}</p>
        <p className="truncate text-ink-3">{email}</p>
      </div>
      <div className="flex items-center justify-between border-line border-b px-2 py-2 sm:hidden">
        <LocaleSwitch />
        <ThemeSwitch initial={theme} />
      </div>
      <div className="mt-1">
        {PLACES.map(({ href, name, icon: Icon }) => (
          <Link
            key={href}
            href={href}
            onClick={onDone}
            className="flex min-h-control w-full items-center gap-3 rounded-control px-3 transition-colors hover:bg-tray"
          >
            <Icon size={16} strokeWidth={1.5} aria-hidden="true" className="text-ink-3" />
            {t(`place.${name}`)}
          </Link>
        ))}
      </div>
      <button
        type="button"
        onClick={() => {
          onDone();
          openOverlay("keys");
        }}
        className="flex min-h-control w-full items-center gap-3 rounded-control px-3 text-left transition-colors hover:bg-tray coarse:hidden"
      >
        <Keyboard size={16} strokeWidth={1.5} aria-hidden="true" className="text-ink-3" />
        {t("shortcuts")}
      </button>
      <button
        type="button"
        onClick={() => void signOut()}
        className="flex min-h-control w-full items-center gap-3 rounded-control px-3 text-left transition-colors hover:bg-tray"
      >
        <LogOut size={16} strokeWidth={1.5} aria-hidden="true" className="text-ink-3" />
        {t("signOut")}
      </button>
    </div>
  );
}
