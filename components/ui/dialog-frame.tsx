"use client";

import clsx from "clsx";
import * as Dialog from "radix-ui/dialog";
import type { ReactNode } from "react";

type DialogFrameProps = {
  /** Where it stands, and how it is filled. */
  className: string;
  onClose: () => void;
  /** No button opened it, so whoever shows it knows where the focus goes on once it is gone. */
  returnFocus: () => void;
  children: ReactNode;
};

/** What lies over the page for as long as it is rendered. Its children begin with a Dialog.Title and a Dialog.Close. */
export function DialogFrame({ className, onClose, returnFocus, children }: DialogFrameProps) {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-wash-0/40" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            returnFocus();
          }}
          className={clsx("fixed z-50 animate-appear border-line shadow-float focus:outline-none", className)}
        >
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
