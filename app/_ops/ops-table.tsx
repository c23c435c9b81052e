import type { ReactNode } from "react";

type OpsTableProps = { label: string; head: string[]; rows: { key: string; cells: ReactNode[] }[] };

/** Facts in rows; the first cell names its row. What is too wide scrolls by itself: Chinese breaks at its marks, not at each character. */
export function OpsTable({ label, head, rows }: OpsTableProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
      tabIndex={0} // oxlint-disable-line jsx-a11y/no-noninteractive-tabindex -- the same
      className="overflow-x-auto rounded-panel border border-line bg-sheet"
    >
      <table className="numeric wrap-normal w-full break-keep text-left text-sm">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-line border-b text-ink-2">
            {head.map((name) => (
              <th key={name} scope="col" className="h-10 whitespace-nowrap px-3 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...rest] }) => (
            <tr key={key} className="border-line border-b last:border-b-0">
              <th scope="row" className="h-10 px-3 font-normal max-sm:whitespace-nowrap">
                {first}
              </th>
              {rest.map((cell, index) => (
                <td key={head[index + 1]} className="px-3 max-sm:min-w-40">
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
