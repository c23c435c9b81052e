import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { Activity } from "@/app/_activity/activity";
import { ENDED_SHOWN } from "@/app/_activity/ended-shown";
import { requireVisitor } from "@/app/_shell/find-visitor";
import { toLocale } from "@/i18n/to-locale";
import { listTasks } from "@/lib/generation/list-tasks";
import { readModels } from "@/lib/models/read-models";
import { getServices } from "@/lib/services";

type ActivityPageProps = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: ActivityPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: toLocale((await params).locale), namespace: "shell" });
  return { title: t("place.activity") };
}

export default async function ActivityPage({ params }: ActivityPageProps) {
  setRequestLocale(toLocale((await params).locale));
  const { userId } = await requireVisitor("/activity");
  const [t, firstPage, { models }] = await Promise.all([
    getTranslations("shell"),
    listTasks(getServices(), { userId, limit: ENDED_SHOWN }),
    readModels(getServices()),
  ]);
  return (
    <>
      <h1 className="mx-auto mb-6 w-full max-w-3xl font-semibold text-xl tracking-tight">
        {t("place.activity")}
      </h1>
      <Activity
        firstPage={firstPage ?? { tasks: [], nextCursor: null }}
        models={models.filter((model) => model.kind === "image")}
      />
    </>
  );
}
