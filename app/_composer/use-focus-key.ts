import { type RefObject, useEffect } from "react";
import { isFreeKey } from "@/app/_shell/is-free-key";

/** `/` brings the reader to the prompt from anywhere that is not a text field or a dialog. */
export function useFocusKey(field: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (event.key === "/" && isFreeKey(event)) {
        event.preventDefault();
        field.current?.focus();
      }
    };
    document.addEventListener("keydown", handleKey);
    return () => document.removeEventListener("keydown", handleKey);
  }, [field]);
}
