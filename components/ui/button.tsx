import clsx from "clsx";
import type { ComponentProps } from "react";

const TONES = {
  primary:
    "bg-prussian text-on-prussian hover:bg-prussian-hover aria-disabled:bg-prussian-soft aria-disabled:text-ink",
  /** Where a primary button will be once something else is settled; pressed, it helps with that. */
  unready: "bg-prussian-soft text-ink hover:text-prussian",
  outline: "border border-line-strong bg-sheet text-ink hover:bg-tray",
  quiet: "text-ink-2 hover:bg-tray hover:text-ink",
  bad: "border border-bad bg-sheet text-bad hover:bg-bad-soft",
} as const;

const SIZES = {
  normal: "min-h-control px-4 text-sm",
  small: "min-h-8 px-3 text-sm coarse:min-h-control",
  large: "min-h-12 px-6 text-base",
} as const;

type ButtonLook = { tone?: keyof typeof TONES; size?: keyof typeof SIZES; className?: string | undefined };

/** The look of a button, also for links that act as one. */
export function buttonLook({ tone = "outline", size = "normal", className }: ButtonLook): string {
  return clsx(
    "inline-flex shrink-0 select-none items-center justify-center gap-2 rounded-control",
    "font-medium transition-colors forced-colors:border",
    TONES[tone],
    SIZES[size],
    className,
  );
}

export type ButtonProps = ComponentProps<"button"> & ButtonLook;

export function Button({ tone, size, className, type = "button", ...rest }: ButtonProps) {
  const look = buttonLook({ ...(tone && { tone }), ...(size && { size }), className });
  return <button type={type} className={look} {...rest} />;
}
