import clsx from "clsx";
import type { ReactNode } from "react";

type OpsTableProps = {
  label: string;
  head: string[];
  rows: { key: string; cells: ReactNode[] }[];
  /** Whether a phone has each row as a card, with its cells beneath each other, instead of a table that scrolls. */
  isStacked?: boolean;
};

/** Facts in rows; the first cell names its row. What is too wide scrolls by itself: Chinese breaks at its marks, not at each character. */
export function OpsTable({ label, head, rows, isStacked = false }: OpsTableProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
      tabIndex={0} // oxlint-disable-line jsx-a11y/no-noninteractive-tabindex -- the same
      className="overflow-x-auto rounded-panel border border-line bg-sheet"
    >
      <table
        className={clsx(
          "numeric wrap-normal w-full break-keep text-left text-sm",
          isStacked && "max-sm:wrap-anywhere max-sm:block max-sm:[word-break:normal]",
        )}
      >
        <caption className="sr-only">{label}</caption>
        <thead className={clsx(isStacked && "max-sm:sr-only")}>
          <tr className="border-line border-b text-ink-2">
            {head.map((name) => (
              <th key={name} scope="col" className="h-10 whitespace-nowrap px-3 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={clsx(isStacked && "max-sm:block")}>
          {rows.map(({ key, cells: [first, ...rest] }) => (
            <tr
              key={key}
              className={clsx(
                "border-line border-b last:border-b-0",
                isStacked && "max-sm:block max-sm:py-3",
              )}
            >
              <th
                scope="row"
                className={clsx(
                  "h-10 whitespace-nowrap px-3 font-normal",
                  isStacked && "max-sm:block max-sm:h-auto",
                )}
              >
                {first}
              </th>
              {rest.map((cell, index) => (
                <td
                  key={head[index + 1]}
                  data-head={head[index + 1]}
                  className={clsx(
                    "px-3 py-1",
                    isStacked
                      ? "max-sm:block max-sm:py-0 max-sm:before:mr-2 max-sm:before:text-ink-2 max-sm:before:content-[attr(data-head)]"
                      : "max-sm:min-w-40",
                  )}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
