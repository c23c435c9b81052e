import { getTranslations, setRequestLocale } from "next-intl/server";
import { ListFilter } from "@/app/_ops/list-filter";
import { listPath } from "@/app/_ops/list-path";
import { nameEmptiness } from "@/app/_ops/name-emptiness";
import { OpsFrame } from "@/app/_ops/ops-frame";
import { readOpsMetadata } from "@/app/_ops/ops-metadata";
import { readWord } from "@/app/_ops/read-word";
import { requireOperator } from "@/app/_ops/require-operator";
import { TaskTable } from "@/app/_ops/task-table";
import { buttonLook } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { toLocale } from "@/i18n/to-locale";
import { FAILURE_REASONS } from "@/lib/contracts/task";
import { listAllTasks } from "@/lib/operators/read-lists";
import { WINDOW_HOURS } from "@/lib/operators/windows";
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
const REASONS = ["blocked_before", ...FAILURE_REASONS] as const;

export const generateMetadata = ({ params }: TasksProps) => readOpsMetadata(params, "tasks");

export default async function TasksPage({ params, searchParams }: TasksProps) {
  setRequestLocale(toLocale((await params).locale));
  await requireOperator();
  const query = await searchParams;
  const state = STATES.find((known) => known === query.state) ?? null;
  const reason = REASONS.find((known) => known === query.reason) ?? null;
  const hours = WINDOW_HOURS.find((known) => String(known) === query.hours) ?? null;
  const model = readWord(query.model);
  const before = readWord(query.before);
  const filter = { state, model, reason, hours };
  const { tasks, nextBefore } = await listAllTasks(getServices(), { ...filter, before });
  const emptiness = nameEmptiness({ before, nextBefore });
  const [t, credits] = await Promise.all([getTranslations("ops"), getTranslations("credits")]);
  return (
    <OpsFrame place="tasks">
      <ListFilter
        states={[null, ...STATES].map((name) => ({
          href: listPath("tasks", { state: name, model, hours }),
          label: t(`state.${name ?? "any"}`),
          isChosen: name === state,
        }))}
        narrowedTo={[
          ...(model === null ? [] : [model]),
          ...(reason === null ? [] : [credits(`why.${reason}`)]),
          ...(hours === null ? [] : [t("lastHours", { hours })]),
        ]}
        allHref={listPath("tasks", { state })}
      />
      {tasks.length > 0 ? (
        <TaskTable label={t("place.tasks")} tasks={tasks} />
      ) : (
        <p className="text-ink-2">{t(`noTask.${emptiness}`)}</p>
      )}
      {nextBefore && (
        <Link
          href={listPath("tasks", { ...filter, before: nextBefore })}
          className={buttonLook({ className: "self-start" })}
        >
          {t("older")}
        </Link>
      )}
    </OpsFrame>
  );
}
