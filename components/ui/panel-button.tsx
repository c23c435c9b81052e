"use client";

import { type ComponentType, type ReactNode, type RefObject, useId, useRef, useState } from "react";
import type { FloatingPanelProps } from "./floating-panel";

const loadPanel = () => import("./floating-panel");

/** For panels whose parts came with the page. */
const loadNothing = () => Promise.resolve(undefined);

export type PanelTrigger = {
  ref: RefObject<HTMLButtonElement | null>;
  onClick: () => void;
  onPointerEnter: () => void;
  onFocus: () => void;
  "aria-haspopup": "dialog";
  "aria-expanded": boolean;
  "aria-controls"?: string;
};

type PanelButtonProps = {
  label: string;
  /** Draws the button itself from these properties. */
  trigger: (trigger: PanelTrigger) => ReactNode;
  /** What is in the panel; `close` shuts it. */
  children: (close: () => void) => ReactNode;
  align?: FloatingPanelProps["align"];
  className?: string;
};

type LazyPanelButtonProps<Parts> = Omit<PanelButtonProps, "children"> & {
  /** Fetches what is in the panel; also when a pointer or the keyboard comes near, so that a press seldom waits. */
  load: () => Promise<Parts>;
  children: (close: () => void, parts: Parts) => ReactNode;
};

/** A button with a panel. The panel's script is loaded when it is about to be opened. */
export function PanelButton(props: PanelButtonProps) {
  return <LazyPanelButton load={loadNothing} {...props} />;
}

/** A button with a panel whose contents are loaded together with it. */
export function LazyPanelButton<Parts>({
  label,
  load,
  trigger,
  children,
  align,
  className,
}: LazyPanelButtonProps<Parts>) {
  const [opened, setOpened] = useState<{ Panel: ComponentType<FloatingPanelProps>; parts: Parts } | null>(
    null,
  );
  const anchor = useRef<HTMLButtonElement>(null);
  const id = useId();
  const isOpen = opened !== null;
  const close = () => setOpened(null);
  const fetchAll = () => Promise.all([loadPanel(), load()]);
  const open = () => {
    fetchAll()
      .then(([{ FloatingPanel }, parts]) => setOpened({ Panel: FloatingPanel, parts }))
      // No network: nothing opens, and the next press tries again.
      .catch(() => {});
  };
  // Without a network the button tries once more when it is pressed.
  const preload = () => void fetchAll().catch(() => {});
  return (
    <>
      {trigger({
        ref: anchor,
        onClick: isOpen ? close : open,
        onPointerEnter: preload,
        onFocus: preload,
        "aria-haspopup": "dialog",
        "aria-expanded": isOpen,
        ...(isOpen ? { "aria-controls": id } : {}),
      })}
      {opened && (
        <opened.Panel
          anchor={anchor}
          label={label}
          onClose={close}
          {...(align ? { align } : {})}
          {...(className ? { className } : {})}
        >
          <div id={id}>{children(close, opened.parts)}</div>
        </opened.Panel>
      )}
    </>
  );
}
