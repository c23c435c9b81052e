const READY_ICON = "/icon-ready.svg";

/** Puts a dot on the tab's icon: something is ready. Answers how to take it off again. */
export function markIcon(): () => void {
  const icons = [...document.querySelectorAll<HTMLLinkElement>('link[rel~="icon"]')].map((link) => ({
    link,
    href: link.getAttribute("href") ?? "",
  }));
  for (const { link } of icons) {
    link.href = READY_ICON;
  }
  return () => {
    for (const { link, href } of icons) {
      link.href = href;
    }
  };
}
