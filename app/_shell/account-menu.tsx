"use client";

import { useTranslations } from "next-intl";
import { LazyPanelButton } from "@/components/ui/panel-button";
import type { AccountMenuProps } from "./account-menu-items";

const loadItems = async () => (await import("./account-menu-items")).AccountMenuItems;

/** The first letter of who is signed in; behind it the rarer places and the way out. */
export function AccountMenu({ name, email, theme }: AccountMenuProps) {
  const t = useTranslations("shell");
  return (
    <LazyPanelButton
      label={t("account")}
      load={loadItems}
      align="end"
      className="w-64 p-1!"
      trigger={(trigger) => (
        <button
          type="button"
          aria-label={t("accountOf", { name })}
          className="touch-target inline-flex size-8 items-center justify-center rounded-full bg-prussian-soft font-semibold text-ink text-sm"
          {...trigger}
        >
          {firstLetter(name)}
        </button>
      )}
    >
      {(close, AccountMenuItems) => (
        <AccountMenuItems name={name} email={email} theme={theme} onDone={close} />
      )}
    </LazyPanelButton>
  );
}

function firstLetter(name: string): string {
  const point = name.trim().codePointAt(0);
  return point === undefined ? "·" : String.fromCodePoint(point).toUpperCase();
}
