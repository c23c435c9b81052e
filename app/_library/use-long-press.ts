import { type PointerEvent, useRef } from "react";

const LONG_MS = 450;
const MOVE_PIXELS_MAX = 10;

/** A finger that stays. The click that follows it is not one. */
export function useLongPress(onLongPress: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const start = useRef<{ x: number; y: number } | null>(null);
  const isLong = useRef(false);
  const cancel = () => {
    clearTimeout(timer.current);
    start.current = null;
  };
  return {
    /** Asked once a click: whether it only ends a long press. */
    wasLong: () => {
      const was = isLong.current;
      isLong.current = false;
      return was;
    },
    handlers: {
      onPointerDown(event: PointerEvent) {
        isLong.current = false;
        if (event.pointerType === "mouse") {
          return;
        }
        start.current = { x: event.clientX, y: event.clientY };
        timer.current = setTimeout(() => {
          isLong.current = true;
          onLongPress();
        }, LONG_MS);
      },
      onPointerMove(event: PointerEvent) {
        const from = start.current;
        if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > MOVE_PIXELS_MAX) {
          cancel();
        }
      },
      onPointerUp: cancel,
      onPointerCancel: cancel,
      onContextMenu(event: { preventDefault: () => void }) {
        // A phone shows its own menu for a picture that is held.
        if (start.current) {
          event.preventDefault();
        }
      },
    },
  };
}
