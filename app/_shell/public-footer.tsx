import { getTranslations } from "next-intl/server";
import { Link } from "@/components/ui/link";

const PLACES = [
  { href: "/explore", name: "explore" },
  { href: "/models", name: "models" },
  { href: "/status", name: "status" },
  { href: "/rules", name: "rules" },
] as const;

/** The public pages once more, below each of them: a phone's header has no room for them. */
export async function PublicFooter() {
  const t = await getTranslations("shell");
  return (
    <footer className="border-line border-t px-4 py-3 lg:px-8">
      <nav aria-label={t("more")} className="flex flex-wrap gap-x-4 text-sm">
        {PLACES.map(({ href, name }) => (
          <Link
            key={href}
            href={href}
            className="inline-flex min-h-8 items-center text-ink-2 transition-colors hover:text-ink coarse:min-h-control"
          >
            {t(`place.${name}`)}
          </Link>
        ))}
      </nav>
    </footer>
  );
}
