import { getFormatter, getTranslations } from "next-intl/server";
import { Link } from "@/components/ui/link";
import type { listAllTasks } from "@/lib/operators/read-lists";
import { OpsTable } from "./ops-table";

type TaskTableProps = { label: string; tasks: Awaited<ReturnType<typeof listAllTasks>>["tasks"] };

/** Tasks in rows, each with the way to its file. */
export async function TaskTable({ label, tasks }: TaskTableProps) {
  const [t, format] = await Promise.all([getTranslations("ops"), getFormatter()]);
  return (
    <OpsTable
      label={label}
      head={[t("id"), t("model"), t("stateName"), t("took"), t("begun")]}
      rows={tasks.map(({ id, model, state, reason, seconds, createdAt }) => ({
        key: id,
        cells: [
          <Link key="id" href={`/ops/tasks/${id}`} className="whitespace-nowrap font-mono text-prussian">
            {id}
          </Link>,
          model,
          reason ? `${t(`state.${state}`)} · ${reason}` : t(`state.${state}`),
          seconds === null
            ? "–"
            : format.number(seconds, { style: "unit", unit: "second", maximumFractionDigits: 1 }),
          format.dateTime(createdAt, { dateStyle: "short", timeStyle: "medium" }),
        ],
      }))}
    />
  );
}
