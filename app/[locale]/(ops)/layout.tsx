import { NextIntlClientProvider } from "next-intl";
import { getMessages, setRequestLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { requireOperator } from "@/app/_ops/require-operator";
import { pickMessages } from "@/app/_shell/pick-messages";
import { StudioShell } from "@/app/_shell/studio-shell";
import { toLocale } from "@/i18n/to-locale";
import { readBalance } from "@/lib/credits/read-balance";
import { getServices } from "@/lib/services";

type OpsLayoutProps = { children: ReactNode; params: Promise<{ locale: string }> };

/** The operators' screens in the studio's frame. Each page checks again: a layout is no guard of its pages. */
export default async function OpsLayout({ children, params }: OpsLayoutProps) {
  setRequestLocale(toLocale((await params).locale));
  const operator = await requireOperator();
  return (
    <NextIntlClientProvider
      messages={pickMessages(await getMessages(), [
        "activity",
        "appeal",
        "ended",
        "errorPage",
        "make",
        "moderation",
        "news",
        "problem",
        "sheet",
        "shell",
        "shortcuts",
        "toast",
      ])}
    >
      <StudioShell visitor={operator} balance={await readBalance(getServices(), operator.userId)}>
        {children}
      </StudioShell>
    </NextIntlClientProvider>
  );
}
