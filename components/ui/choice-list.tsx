"use client";

import clsx from "clsx";
import { type ReactNode, useId, useRef } from "react";

export type Choice<Value extends string | number> = {
  value: Value;
  content: ReactNode;
  isDisabled?: boolean;
};

type ChoiceListProps<Value extends string | number> = {
  label: string;
  choices: readonly Choice<Value>[];
  chosen: Value | null;
  onChoose: (value: Value) => void;
  /** Called after a choice by pointer, of the chosen one too, or by Enter; arrow keys walk on. */
  onDone?: () => void;
  className?: string;
  choiceClassName?: string;
};

/** One of several, as native radio buttons: arrow keys, names and states come with them. */
export function ChoiceList<Value extends string | number>({
  label,
  choices,
  chosen,
  onChoose,
  onDone,
  className,
  choiceClassName,
}: ChoiceListProps<Value>) {
  const name = useId();
  const isByKey = useRef(false);
  return (
    <fieldset className={className}>
      <legend className="sr-only">{label}</legend>
      {choices.map(({ value, content, isDisabled = false }) => (
        <label
          key={value}
          className={clsx(
            "relative block cursor-pointer rounded-control px-3 py-2 transition-colors hover:bg-tray",
            "has-checked:bg-prussian-soft has-disabled:cursor-default has-disabled:text-ink-3 has-disabled:hover:bg-transparent",
            "has-focus-visible:outline-2 has-focus-visible:outline-prussian forced-colors:has-checked:outline-2",
            "forced-colors:has-focus-visible:outline-4",
            choiceClassName,
          )}
        >
          <input
            type="radio"
            name={name}
            className="absolute size-px appearance-none opacity-0"
            checked={value === chosen}
            disabled={isDisabled}
            onKeyDown={(event) => {
              isByKey.current = true;
              if (event.key === "Enter") {
                event.preventDefault();
                onDone?.();
              }
            }}
            onKeyUp={() => {
              isByKey.current = false;
            }}
            onChange={() => onChoose(value)}
            onClick={() => {
              if (!isByKey.current) {
                onDone?.();
              }
            }}
          />
          {content}
        </label>
      ))}
    </fieldset>
  );
}
