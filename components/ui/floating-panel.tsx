"use client";

import clsx from "clsx";
import * as Dialog from "radix-ui/dialog";
import * as Popover from "radix-ui/popover";
import type { ReactNode, RefObject } from "react";
import { useMediaQuery } from "./use-media-query";

export type FloatingPanelProps = {
  /** The button that opened it; the panel stands beside it, and focus goes back to it. */
  anchor: RefObject<HTMLElement | null>;
  label: string;
  onClose: () => void;
  children: ReactNode;
  align?: "start" | "center" | "end";
  className?: string;
};

const SURFACE = "border border-line bg-sheet text-sm shadow-float focus:outline-none forced-colors:border";

/** A small panel beside its button; on a phone a sheet from below. It is on the page only while it is open. */
export function FloatingPanel({
  anchor,
  label,
  onClose,
  children,
  align = "start",
  className,
}: FloatingPanelProps) {
  const isPhone = useMediaQuery("(max-width: 39.99rem)");
  const close = (isOpen: boolean) => {
    if (!isOpen) {
      onClose();
    }
  };
  /** A press on its own button closes it by that button alone, instead of closing and opening again. */
  const keepForAnchor = (event: { target: EventTarget | null; preventDefault: () => void }) => {
    if (event.target instanceof Node && anchor.current?.contains(event.target)) {
      event.preventDefault();
    }
  };
  /** Among choices the arrows begin at the one that is chosen. */
  const focusChosen = (event: Event) => {
    const chosen =
      event.target instanceof HTMLElement &&
      event.target.querySelector<HTMLElement>('input[type="radio"]:checked');
    if (chosen) {
      event.preventDefault();
      chosen.focus({ preventScroll: true });
    }
  };
  /** A field that has the focus unasked brings up a keyboard, which covers what the panel is about. */
  const focusChosenOrAll = (event: Event) => {
    focusChosen(event);
    if (!event.defaultPrevented && event.target instanceof HTMLElement) {
      event.preventDefault();
      event.target.focus({ preventScroll: true });
    }
  };
  const returnFocus = (event: Event) => {
    event.preventDefault();
    anchor.current?.focus({ preventScroll: true });
  };

  if (isPhone) {
    return (
      <Dialog.Root open onOpenChange={close}>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-wash-0/40" />
          <Dialog.Content
            aria-describedby={undefined}
            onOpenAutoFocus={focusChosenOrAll}
            onCloseAutoFocus={returnFocus}
            className={clsx(
              SURFACE,
              "fixed inset-x-0 bottom-(--keyboard-inset) z-50 max-h-[calc(85dvh-var(--keyboard-inset))] animate-rise overflow-y-auto rounded-t-panel border-x-0 border-b-0",
              "px-4 pt-3 pb-[calc(16px+env(safe-area-inset-bottom))]",
            )}
          >
            <div className="mx-auto mb-3 h-1 w-9 rounded-full bg-line" aria-hidden="true" />
            <Dialog.Title className="mb-3 font-semibold text-base">{label}</Dialog.Title>
            {children}
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    );
  }
  return (
    <Popover.Root open onOpenChange={close}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          align={align}
          sideOffset={8}
          collisionPadding={12}
          onInteractOutside={keepForAnchor}
          onOpenAutoFocus={focusChosen}
          onCloseAutoFocus={returnFocus}
          className={clsx(
            SURFACE,
            "z-50 max-h-(--radix-popover-content-available-height) w-80 animate-appear overflow-y-auto rounded-panel p-3",
            className,
          )}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
