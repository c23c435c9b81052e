import type { ReactNode } from "react";

/** What is known of one thing, by name. */
export function OpsFacts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-2 text-sm">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-2">{name}</dt>
          <dd className="numeric min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
