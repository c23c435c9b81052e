import { NextIntlClientProvider } from "next-intl";
import { getMessages, setRequestLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { findVisitor } from "@/app/_shell/find-visitor";
import { pickMessages } from "@/app/_shell/pick-messages";
import { StudioShell } from "@/app/_shell/studio-shell";
import { toLocale } from "@/i18n/to-locale";
import { readBalance } from "@/lib/credits/read-balance";
import { getServices } from "@/lib/services";

type StudioLayoutProps = { children: ReactNode; params: Promise<{ locale: string }> };

export default async function StudioLayout({ children, params }: StudioLayoutProps) {
  setRequestLocale(toLocale((await params).locale));
  const visitor = await findVisitor();
  if (!visitor) {
    // The page below leads to sign in and knows the way back.
    return children;
  }
  return (
    <NextIntlClientProvider
      messages={pickMessages(await getMessages(), [
        "account",
        "activity",
        "appeal",
        "audience",
        "composer",
        "credits",
        "ended",
        "errorPage",
        "improve",
        "library",
        "make",
        "models",
        "news",
        "problem",
        "settings",
        "sharing",
        "sheet",
        "shell",
        "shortcuts",
        "toast",
        "viewer",
      ])}
    >
      <StudioShell visitor={visitor} balance={await readBalance(getServices(), visitor.userId)}>
        {children}
      </StudioShell>
    </NextIntlClientProvider>
  );
}
