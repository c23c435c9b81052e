import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { TASK_PAGE_SIZE } from "@/app/_data/task-page-size";
import { requireVisitor } from "@/app/_shell/find-visitor";
import { readStudioFacts } from "@/app/_shell/read-studio-facts";
import { Studio } from "@/app/_studio/studio";
import { toLocale } from "@/i18n/to-locale";
import { listTasks } from "@/lib/generation/list-tasks";
import { getServices } from "@/lib/services";

type CreatePageProps = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: CreatePageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: toLocale((await params).locale), namespace: "shell" });
  return { title: t("place.create") };
}

export default async function CreatePage({ params }: CreatePageProps) {
  setRequestLocale(toLocale((await params).locale));
  const visitor = await requireVisitor("/create");
  const [t, heading, facts, firstPage] = await Promise.all([
    getTranslations("examples"),
    getTranslations("shell"),
    readStudioFacts(visitor),
    listTasks(getServices(), { userId: visitor.userId, limit: TASK_PAGE_SIZE }),
  ]);
  return (
    <>
      <h1 className="sr-only">{heading("place.create")}</h1>
      <Studio
        facts={facts}
        firstPage={firstPage ?? { tasks: [], nextCursor: null }}
        examples={[t("greenhouse"), t("fox"), t("kettle")]}
      />
    </>
  );
}
