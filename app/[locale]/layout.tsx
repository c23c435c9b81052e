import clsx from "clsx";
import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { hasLocale, NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations, setRequestLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { pickMessages } from "@/app/_shell/pick-messages";
import { TimeZoneCookie } from "@/app/_shell/time-zone-cookie";
import { env } from "@/env.mjs";
import { readTheme, THEME_COOKIE } from "@/i18n/preferences";
import { routing } from "@/i18n/routing";
import "@/app/globals.css";

const instrumentSans = localFont({
  src: "../../node_modules/@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2",
  weight: "400 700",
  variable: "--font-instrument",
  display: "swap",
});

/** Geist Mono, cut down to figures and the signs among them; the licence lies beside it. */
const geistMonoFigures = localFont({
  src: "../_fonts/geist-mono-figures.woff2",
  weight: "400 600",
  variable: "--font-figures",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
});

type LocaleProps = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: LocaleProps): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({
    locale: hasLocale(routing.locales, locale) ? locale : "en",
    namespace: "app",
  });
  return {
    metadataBase: new URL(env().NEXT_PUBLIC_SITE_URL),
    title: { default: t("title"), template: `%s · ${t("name")}` },
    description: t("description"),
    applicationName: t("name"),
    openGraph: { siteName: t("name"), title: t("title"), description: t("description"), type: "website" },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f9fafb" },
    { media: "(prefers-color-scheme: dark)", color: "#0d0e10" },
  ],
};

export default async function LocaleLayout({ children, params }: LocaleProps & { children: ReactNode }) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) {
    notFound();
  }
  setRequestLocale(locale);
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value);
  const t = await getTranslations("shell");
  return (
    <html
      lang={locale}
      className={clsx(
        instrumentSans.variable,
        geistMonoFigures.variable,
        "font-sans",
        theme !== "system" && theme,
      )}
    >
      <body>
        <a
          href="#main"
          className="sr-only rounded-control bg-prussian text-on-prussian focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:px-4 focus:py-2"
        >
          {t("skip")}
        </a>
        <NextIntlClientProvider messages={pickMessages(await getMessages(), ["errorPage"])}>
          <TimeZoneCookie />
          {children}
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
