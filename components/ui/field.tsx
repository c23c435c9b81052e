import clsx from "clsx";
import { type ComponentProps, useId } from "react";

type FieldProps = ComponentProps<"input"> & { label: string; hint?: string; error?: string | null };

/** A labelled input with its hint and its error, both read out with it; the error also when it comes. */
export function Field({ label, hint, error, className, id: givenId, ...rest }: FieldProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy || undefined}
        className={clsx(
          "min-h-control w-full rounded-control border bg-sheet px-3 text-field sm:text-base",
          error ? "border-bad" : "border-line-strong",
        )}
        {...rest}
      />
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-ink-3 text-xs">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-bad text-sm">
          {error}
        </p>
      )}
    </div>
  );
}
