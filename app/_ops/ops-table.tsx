import type { ReactNode } from "react";

type OpsTableProps = {
  label: string;
  head: string[];
  rows: { key: string; cells: ReactNode[] }[];
};

/**
 * Facts in rows; the first cell names its row. On a phone each row is a card, with its cells beneath each other. What is too
 * wide for a desk scrolls by itself: Chinese breaks at its marks, not at each character.
 */
export function OpsTable({ label, head, rows }: OpsTableProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
      tabIndex={0} // oxlint-disable-line jsx-a11y/no-noninteractive-tabindex -- the same
      className="overflow-x-auto rounded-panel border border-line bg-sheet"
    >
      <table className="numeric max-sm:wrap-anywhere wrap-normal w-full break-keep text-left text-sm max-sm:block max-sm:[word-break:normal]">
        <caption className="sr-only">{label}</caption>
        <thead className="max-sm:sr-only">
          <tr className="border-line border-b text-ink-2">
            {head.map((name) => (
              <th key={name} scope="col" className="h-10 whitespace-nowrap px-3 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {rows.map(({ key, cells: [first, ...rest] }) => (
            <tr key={key} className="border-line border-b last:border-b-0 max-sm:block max-sm:py-3">
              <th
                scope="row"
                className="h-10 px-3 font-normal max-sm:block max-sm:h-auto sm:whitespace-nowrap"
              >
                {first}
              </th>
              {rest.map((cell, index) => (
                <td
                  key={head[index + 1]}
                  data-head={head[index + 1]}
                  className="px-3 py-1 max-sm:block max-sm:py-0 max-sm:before:mr-2 max-sm:before:text-ink-2 max-sm:before:content-[attr(data-head)]"
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
