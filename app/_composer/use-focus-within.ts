import { type RefObject, useEffect, useState } from "react";

/** Whether the keyboard is in this element, or in a panel that one of its buttons has opened. */
export function useFocusWithin(element: RefObject<HTMLElement | null>): boolean {
  const [isFocused, setFocused] = useState(false);

  useEffect(() => {
    const root = element.current;
    if (!root) {
      return;
    }
    const enter = () => setFocused(true);
    const leave = ({ relatedTarget }: FocusEvent) => {
      const isInside = relatedTarget instanceof Node && root.contains(relatedTarget);
      setFocused(isInside || root.querySelector("[aria-expanded=true]") !== null);
    };
    // The keyboard may have come before this script did.
    if (root.contains(document.activeElement)) {
      enter();
    }
    root.addEventListener("focusin", enter);
    root.addEventListener("focusout", leave);
    return () => {
      root.removeEventListener("focusin", enter);
      root.removeEventListener("focusout", leave);
    };
  }, [element]);

  return isFocused;
}
