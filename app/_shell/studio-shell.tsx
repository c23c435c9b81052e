import { Activity, Aperture, Gauge, Images, Wallet } from "lucide-react";
import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Mark } from "@/components/brand/mark";
import { Link } from "@/components/ui/link";
import { readTheme, THEME_COOKIE } from "@/i18n/preferences";
import type { Balance } from "@/lib/contracts/credits";
import type { Principal } from "@/lib/http/principal";
import { AccountMenu } from "./account-menu";
import { BalanceChip } from "./balance-chip";
import { LiveRegion } from "./live-region";
import { LocaleSwitch } from "./locale-switch";
import { SessionWatch } from "./session-watch";
import { Shortcuts } from "./shortcuts";
import { StudioNav } from "./studio-nav";
import { ThemeSwitch } from "./theme-switch";
import { ToastStand } from "./toast-stand";
import { UpstreamNotice } from "./upstream-notice";

const PLACES = [
  { href: "/create", name: "create", icon: Aperture },
  { href: "/library", name: "library", icon: Images },
  { href: "/activity", name: "activity", icon: Activity },
  { href: "/credits", name: "credits", icon: Wallet },
] as const;
const OPERATORS_PLACE = { href: "/ops", name: "ops", icon: Gauge } as const;

type StudioShellProps = { visitor: Principal; balance: Balance; children: ReactNode };

/** The frame of the signed-in pages: rail or tabs, a header with the balance, one live region. Operators have one place more. */
export async function StudioShell({ visitor, balance, children }: StudioShellProps) {
  const t = await getTranslations("shell");
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value);
  const places = [...PLACES, ...(visitor.role === "operator" ? [OPERATORS_PLACE] : [])].map(
    ({ href, name, icon: Icon }) => ({
      href,
      name: t(`place.${name}`),
      icon: <Icon size={20} strokeWidth={1.5} aria-hidden="true" />,
    }),
  );
  const home = (
    <Link href="/" aria-label={t("home")} className="touch-target rounded-control">
      <Mark />
    </Link>
  );
  return (
    <div className="flex min-h-dvh flex-col lg:pl-rail">
      <div className="fixed inset-y-0 left-0 flex w-rail flex-col items-center border-line border-r pt-3.5 max-lg:hidden">
        {home}
        <StudioNav
          places={places}
          className="mt-6 flex w-full flex-col gap-1 px-1"
          itemClassName="rounded-control py-2 hover:bg-tray"
        />
      </div>
      <header className="sticky top-0 z-10 flex h-header items-center gap-3 bg-paper px-4 lg:px-6">
        <div className="lg:hidden">{home}</div>
        <div className="min-w-0 flex-1">
          <UpstreamNotice />
        </div>
        <BalanceChip initial={balance} />
        <div className="flex items-center gap-1 max-sm:hidden">
          <LocaleSwitch />
          <ThemeSwitch initial={theme} />
        </div>
        <AccountMenu name={visitor.name} email={visitor.email} theme={theme} />
      </header>
      <SessionWatch />
      <main
        id="main"
        tabIndex={-1}
        className="flex-1 px-4 pt-2 pb-[calc(var(--spacing-tabs)+6rem+env(safe-area-inset-bottom))] outline-none lg:px-6 lg:pb-18"
      >
        {children}
      </main>
      <StudioNav
        places={places}
        className="fixed inset-x-0 bottom-0 z-10 flex h-[calc(var(--spacing-tabs)+env(safe-area-inset-bottom))] border-line border-t bg-paper pb-[env(safe-area-inset-bottom)] lg:hidden"
        itemClassName="flex-1"
      />
      <ToastStand />
      <Shortcuts />
      <LiveRegion />
    </div>
  );
}
