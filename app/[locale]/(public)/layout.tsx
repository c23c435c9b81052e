import { NextIntlClientProvider } from "next-intl";
import { getMessages, setRequestLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { pickMessages } from "@/app/_shell/pick-messages";
import { PublicFooter } from "@/app/_shell/public-footer";
import { PublicHeader } from "@/app/_shell/public-header";
import { toLocale } from "@/i18n/to-locale";

type PublicLayoutProps = { children: ReactNode; params: Promise<{ locale: string }> };

export default async function PublicLayout({ children, params }: PublicLayoutProps) {
  setRequestLocale(toLocale((await params).locale));
  return (
    <NextIntlClientProvider
      messages={pickMessages(await getMessages(), [
        "account",
        "audience",
        "composer",
        "errorPage",
        "explore",
        "improve",
        "make",
        "models",
        "problem",
        "reset",
        "share",
        "sheet",
        "shell",
      ])}
    >
      <div className="flex min-h-dvh flex-col">
        <PublicHeader />
        {children}
        <PublicFooter />
      </div>
    </NextIntlClientProvider>
  );
}
