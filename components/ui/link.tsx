"use client";

import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { type ComponentProps, type MouseEvent, startTransition } from "react";
import { localizePath } from "@/i18n/localize-path";
import type { Locale } from "@/i18n/routing";

type LinkProps = Omit<ComponentProps<"a">, "href"> & {
  /** A path without language. */
  href: string;
  /** The reader's own when absent. */
  locale?: Locale;
};

/**
 * A link within the site, in the reader's language. Next's own would be an eighth of our share of the first load, and
 * fetches every page in sight; here a page is fetched when a pointer, a finger or the keyboard comes near.
 */
export function Link({ href, locale, onClick, children, ...rest }: LinkProps) {
  const own = useLocale();
  const router = useRouter();
  const address = localizePath(href, locale ?? own);
  const prefetch = () => router.prefetch(address);
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const isElsewhere =
      event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (!event.defaultPrevented && !isElsewhere && !rest.target) {
      event.preventDefault();
      startTransition(() => router.push(address));
    }
  };
  return (
    <a
      href={address}
      onPointerEnter={prefetch}
      onTouchStart={prefetch}
      onFocus={prefetch}
      onClick={follow}
      {...rest}
    >
      {children}
    </a>
  );
}
