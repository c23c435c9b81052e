import clsx from "clsx";
import { getTranslations } from "next-intl/server";
import { Link } from "@/components/ui/link";

type ListFilterProps = {
  states: { href: string; label: string; isChosen: boolean }[];
  /** What else the list is narrowed to, in words; the way out of it leads to `allHref`. */
  narrowedTo: readonly string[];
  allHref: string;
};

/** The states that one of the operators' lists can be filtered by, and what else it shows alone. */
export async function ListFilter({ states, narrowedTo, allHref }: ListFilterProps) {
  const t = await getTranslations("ops");
  return (
    <div className="flex flex-col gap-2">
      <nav aria-label={t("filter")} className="flex flex-wrap gap-x-4">
        {states.map(({ href, label, isChosen }) => (
          <Link
            key={href}
            href={href}
            aria-current={isChosen ? "true" : undefined}
            className={clsx(
              "inline-flex min-h-8 items-center text-sm coarse:min-h-control",
              isChosen ? "font-medium underline underline-offset-4" : "text-ink-2 hover:text-ink",
            )}
          >
            {label}
          </Link>
        ))}
      </nav>
      {narrowedTo.length > 0 && (
        <p className="flex flex-wrap items-center gap-x-4 text-sm">
          <span className="wrap-anywhere">{t("narrowedTo", { what: narrowedTo.join(" · ") })}</span>
          <Link
            href={allHref}
            className="inline-flex min-h-8 items-center text-prussian underline underline-offset-4 coarse:min-h-control"
          >
            {t("showAll")}
          </Link>
        </p>
      )}
    </div>
  );
}
