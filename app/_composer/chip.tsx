import clsx from "clsx";
import type { ComponentProps } from "react";

/** A setting of the composer, shown by its value; grey and still to be pressed while it does nothing. */
export function Chip({ className, type = "button", ...rest }: ComponentProps<"button">) {
  return (
    <button
      type={type}
      className={clsx(
        "touch-target inline-flex h-8 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-full border border-line px-3",
        "text-ink-2 text-sm transition-colors hover:border-line-strong hover:text-ink",
        "aria-disabled:border-dashed aria-disabled:text-ink-3",
        "aria-expanded:border-prussian aria-expanded:bg-prussian-soft aria-expanded:text-ink",
        className,
      )}
      {...rest}
    />
  );
}
