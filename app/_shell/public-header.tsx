import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { Mark } from "@/components/brand/mark";
import { buttonLook } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { readTheme, THEME_COOKIE } from "@/i18n/preferences";
import { findVisitor } from "./find-visitor";
import { LocaleSwitch } from "./locale-switch";
import { ThemeSwitch } from "./theme-switch";
import { UpstreamNotice } from "./upstream-notice";

const PUBLIC_PLACES = [
  { href: "/explore", name: "explore" },
  { href: "/models", name: "models" },
] as const;

/** The header of the pages that need no account. */
export async function PublicHeader() {
  const [t, app, visitor, jar] = await Promise.all([
    getTranslations("shell"),
    getTranslations("app"),
    findVisitor(),
    cookies(),
  ]);
  return (
    <header className="flex h-header items-center gap-3 px-4 lg:px-8">
      <Link
        href="/"
        className="touch-target flex items-center gap-2.5 rounded-control font-semibold tracking-tight"
      >
        <Mark />
        {app("name")}
      </Link>
      <nav aria-label={t("places")} className="flex items-center gap-1 text-sm max-sm:hidden">
        {PUBLIC_PLACES.map(({ href, name }) => (
          <Link
            key={href}
            href={href}
            className="touch-target rounded-control px-2 py-1 text-ink-2 transition-colors hover:bg-tray hover:text-ink"
          >
            {t(`place.${name}`)}
          </Link>
        ))}
      </nav>
      <div className="min-w-0 flex-1 px-4 max-sm:hidden">
        <UpstreamNotice />
      </div>
      <div className="ml-auto flex items-center gap-1">
        <LocaleSwitch />
        <ThemeSwitch initial={readTheme(jar.get(THEME_COOKIE)?.value)} />
        {visitor ? (
          <Link href="/create" className={buttonLook({ tone: "outline", size: "small", className: "ml-2" })}>
            {t("openStudio")}
          </Link>
        ) : (
          <Link href="/sign-in" className={buttonLook({ tone: "quiet", size: "small" })}>
            {t("signIn")}
          </Link>
        )}
      </div>
    </header>
  );
}
