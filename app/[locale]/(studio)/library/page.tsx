import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { Library } from "@/app/_library/library";
import { readFilters } from "@/app/_library/library-filters";
import { WeekOfFailures } from "@/app/_library/week-of-failures";
import { requireVisitor } from "@/app/_shell/find-visitor";
import { readStudioFacts } from "@/app/_shell/read-studio-facts";
import { toLocale } from "@/i18n/to-locale";
import { readFailures } from "@/lib/generation/read-failures";
import { getServices } from "@/lib/services";

type LibraryPageProps = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: LibraryPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: toLocale((await params).locale), namespace: "shell" });
  return { title: t("place.library") };
}

export default async function LibraryPage({ params, searchParams }: LibraryPageProps) {
  setRequestLocale(toLocale((await params).locale));
  const visitor = await requireVisitor("/library");
  const [t, { models }, failures, asked] = await Promise.all([
    getTranslations("examples"),
    readStudioFacts(visitor),
    readFailures(getServices(), { userId: visitor.userId }),
    searchParams,
  ]);
  const words = Object.entries(asked).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return (
    <Library
      initialFilters={readFilters(new URLSearchParams(words))}
      models={models}
      failures={<WeekOfFailures failures={failures} />}
      examples={[t("moth"), t("valley"), t("stairs")]}
    />
  );
}
