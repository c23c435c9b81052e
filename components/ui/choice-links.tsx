import clsx from "clsx";

type ChoiceLinksProps = {
  current: string | undefined;
  choices: { value: string | undefined; text: string }[];
  /** In the reader's language. */
  hrefOf: (value: string | undefined) => string;
};

/**
 * One of a few, each an address of its own. The browser loads it: the router has been seen to keep the old page under the new
 * address when only the search was another.
 */
export function ChoiceLinks({ current, choices, hrefOf }: ChoiceLinksProps) {
  return (
    <ul className="-mx-4 flex gap-2 overflow-x-auto px-4 lg:mx-0 lg:flex-wrap lg:px-0">
      {choices.map(({ value, text }) => (
        <li key={text}>
          <a
            href={hrefOf(value)}
            aria-current={value === current ? "true" : undefined}
            className={clsx(
              "touch-target inline-flex h-8 items-center whitespace-nowrap rounded-full border px-3 text-sm transition-colors",
              value === current
                ? "border-prussian bg-prussian-soft text-ink"
                : "border-line text-ink-2 hover:border-line-strong hover:text-ink",
            )}
          >
            {text}
          </a>
        </li>
      ))}
    </ul>
  );
}
