import type { ReactNode } from "react";

/** One subject of the settings, with its name beside it on a desk. */
export function SettingsSection({
  name,
  title,
  children,
}: {
  name: string;
  title: string;
  children: ReactNode;
}) {
  return (
    <section
      aria-labelledby={name}
      className="grid gap-x-8 gap-y-4 border-line border-t py-8 sm:grid-cols-[10rem_1fr]"
    >
      <h2 id={name} className="font-semibold">
        {title}
      </h2>
      <div className="flex min-w-0 flex-col items-start gap-6">{children}</div>
    </section>
  );
}
