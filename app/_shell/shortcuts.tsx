"use client";

import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { useEffect } from "react";
import { localizePath } from "@/i18n/localize-path";
import { isFreeKey } from "./is-free-key";
import { closeOverlay, openOverlay, useOverlay } from "./overlay";

/** After `g`, the letter of a place. */
const PLACES = new Map([
  ["c", "/create"],
  ["l", "/library"],
  ["a", "/activity"],
  ["m", "/credits"],
]);

/** `?` lists every key; `g` and a letter lead to a place, or bring the activity beside the page where there is room for both. */
export function Shortcuts() {
  const router = useRouter();
  const locale = useLocale();
  const { Overlay } = useOverlay();

  useEffect(() => {
    let isGoing = false;
    const handleKey = (event: KeyboardEvent) => {
      const isFree = isFreeKey(event);
      const place = isFree && isGoing ? PLACES.get(event.key) : undefined;
      isGoing = isFree && event.key === "g";
      if (place === "/activity" && matchMedia("(min-width: 64rem)").matches) {
        openOverlay("activity");
      } else if (place) {
        router.push(localizePath(place, locale));
      } else if (isFree && event.key === "?") {
        openOverlay("keys");
      }
    };
    document.addEventListener("keydown", handleKey);
    return () => document.removeEventListener("keydown", handleKey);
  }, [router, locale]);

  return Overlay && <Overlay onClose={closeOverlay} />;
}
