import clsx from "clsx";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { OpsFrame } from "@/app/_ops/ops-frame";
import { readOpsMetadata } from "@/app/_ops/ops-metadata";
import { requireOperator } from "@/app/_ops/require-operator";
import { TaskTable } from "@/app/_ops/task-table";
import { buttonLook } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { toLocale } from "@/i18n/to-locale";
import { listAllTasks } from "@/lib/operators/read-lists";
import { getServices } from "@/lib/services";

type TasksProps = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const STATES = [
  "reserved",
  "dispatching",
  "unknown",
  "running",
  "storing",
  "succeeded",
  "failed",
  "canceled",
] as const;

/** One value of the address's query; null for none. */
function only(value: string | string[] | undefined): string | null {
  return typeof value === "string" && /^\w{1,60}$/.test(value) ? value : null;
}

export const generateMetadata = ({ params }: TasksProps) => readOpsMetadata(params, "tasks");

export default async function TasksPage({ params, searchParams }: TasksProps) {
  setRequestLocale(toLocale((await params).locale));
  await requireOperator();
  const query = await searchParams;
  const state = STATES.find((known) => known === query.state) ?? null;
  const { tasks, nextBefore } = await listAllTasks(getServices(), {
    state,
    before: only(query.before),
  });
  const t = await getTranslations("ops");
  return (
    <OpsFrame place="tasks">
      <nav aria-label={t("filter")} className="flex flex-wrap gap-x-4">
        {[null, ...STATES].map((name) => (
          <Link
            key={name}
            href={name ? `/ops/tasks?state=${name}` : "/ops/tasks"}
            aria-current={name === state ? "true" : undefined}
            className={clsx(
              "inline-flex min-h-8 items-center text-sm coarse:min-h-control",
              name === state ? "font-medium underline underline-offset-4" : "text-ink-2 hover:text-ink",
            )}
          >
            {t(`state.${name ?? "any"}`)}
          </Link>
        ))}
      </nav>
      <TaskTable label={t("place.tasks")} tasks={tasks} />
      {nextBefore && (
        <Link
          href={`/ops/tasks?before=${nextBefore}${state ? `&state=${state}` : ""}`}
          className={buttonLook({ className: "self-start" })}
        >
          {t("older")}
        </Link>
      )}
    </OpsFrame>
  );
}
