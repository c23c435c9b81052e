"use client";

import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { type ComponentType, useEffect, useState } from "react";
import { localizePath } from "@/i18n/localize-path";
import { isFreeKey } from "./is-free-key";
import type { ShortcutHelp } from "./shortcut-help";
import { useShortcutHelp } from "./shortcut-store";

/** After `g`, the letter of a place. */
const PLACES = new Map([
  ["c", "/create"],
  ["l", "/library"],
  ["a", "/activity"],
  ["m", "/credits"],
]);

/** `?` lists every key, `g` and a letter lead to a place. The list's script comes when it is asked for. */
export function Shortcuts() {
  const router = useRouter();
  const locale = useLocale();
  const isWanted = useShortcutHelp((state) => state.isWanted);
  const [Help, setHelp] = useState<ComponentType<Parameters<typeof ShortcutHelp>[0]> | null>(null);

  useEffect(() => {
    let isGoing = false;
    const handleKey = (event: KeyboardEvent) => {
      const isFree = isFreeKey(event);
      const place = isFree && isGoing ? PLACES.get(event.key) : undefined;
      isGoing = isFree && event.key === "g";
      if (place) {
        router.push(localizePath(place, locale));
      } else if (isFree && event.key === "?") {
        useShortcutHelp.setState({ isWanted: true });
      }
    };
    document.addEventListener("keydown", handleKey);
    return () => document.removeEventListener("keydown", handleKey);
  }, [router, locale]);

  useEffect(() => {
    if (isWanted && !Help) {
      import("./shortcut-help")
        .then((loaded) => setHelp(() => loaded.ShortcutHelp))
        // No network: the next press tries again.
        .catch(() => useShortcutHelp.setState({ isWanted: false }));
    }
  }, [isWanted, Help]);

  return isWanted && Help && <Help onClose={() => useShortcutHelp.setState({ isWanted: false })} />;
}
