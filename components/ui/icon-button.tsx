import clsx from "clsx";
import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";

type IconButtonProps = Omit<ComponentProps<"button">, "children" | "title"> & {
  icon: LucideIcon;
  /** What it does; read aloud, and shown when the pointer rests on it. */
  label: string;
};

/** A button that is an icon alone, with a target large enough for a finger. */
export function IconButton({ icon: Icon, label, className, type = "button", ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={clsx(
        "touch-target inline-flex size-8 shrink-0 items-center justify-center rounded-control text-ink-3",
        "transition-colors hover:bg-tray hover:text-ink aria-expanded:bg-tray aria-expanded:text-ink",
        className,
      )}
      {...rest}
    >
      <Icon size={18} strokeWidth={1.5} aria-hidden="true" />
    </button>
  );
}
