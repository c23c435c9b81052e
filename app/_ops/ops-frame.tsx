import clsx from "clsx";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { countModeration } from "@/lib/operators/read-moderation";
import { getServices } from "@/lib/services";

const PLACES = [
  { href: "/ops", name: "overview" },
  { href: "/ops/tasks", name: "tasks" },
  { href: "/ops/users", name: "users" },
  { href: "/ops/moderation", name: "moderation" },
  { href: "/ops/webhooks", name: "webhooks" },
  { href: "/ops/ledger", name: "ledger" },
  { href: "/ops/switches", name: "switches" },
  { href: "/ops/grants", name: "grants" },
  { href: "/ops/codes", name: "codes" },
  { href: "/ops/audit", name: "audit" },
] as const;

export type OpsPlace = (typeof PLACES)[number]["name"];

type OpsFrameProps = { place: OpsPlace; title?: string; children: ReactNode };

/** The operators' places above one of their screens, with how much waits for a word of theirs. */
export async function OpsFrame({ place, title, children }: OpsFrameProps) {
  const [t, waiting] = await Promise.all([getTranslations("ops"), countModeration(getServices())]);
  return (
    <div className="mx-auto flex w-full max-w-7xl flex-col gap-6">
      <nav aria-label={t("places")} className="flex flex-wrap gap-x-5 border-line border-b">
        {PLACES.map(({ href, name }) => (
          <Link
            key={href}
            href={href}
            aria-current={name === place ? "page" : undefined}
            className={clsx(
              "-mb-px inline-flex min-h-control items-center border-b-2 text-sm",
              name === place ? "border-prussian font-medium" : "border-transparent text-ink-2 hover:text-ink",
            )}
          >
            {t(`place.${name}`)}
            {name === "moderation" && waiting > 0 && (
              <span className="numeric ml-1.5 rounded-full bg-prussian-soft px-1.5 text-xs">
                <span aria-hidden="true">{waiting}</span>
                <span className="sr-only">{t("forReview", { count: waiting })}</span>
              </span>
            )}
          </Link>
        ))}
      </nav>
      <h1 className="break-all font-semibold text-xl tracking-tight">{title ?? t(`place.${place}`)}</h1>
      {children}
    </div>
  );
}
