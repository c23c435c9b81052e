import { useEffect } from "react";

/**
 * Says how much of the page a phone's keyboard covers, as `--keyboard-inset`. Safari lays the keyboard over the page
 * instead of making the page smaller, and what is docked below would be under it.
 */
export function useKeyboardInset(): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (!viewport) {
      return;
    }
    const measure = () => {
      // Zoomed in, the visible part is smaller for another reason.
      const covered = viewport.scale === 1 ? window.innerHeight - viewport.height - viewport.offsetTop : 0;
      document.documentElement.style.setProperty("--keyboard-inset", `${Math.max(0, Math.round(covered))}px`);
    };
    viewport.addEventListener("resize", measure);
    viewport.addEventListener("scroll", measure);
    return () => {
      viewport.removeEventListener("resize", measure);
      viewport.removeEventListener("scroll", measure);
    };
  }, []);
}
