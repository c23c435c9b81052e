import { notFound } from "next/navigation";
import { getFormatter, getTranslations, setRequestLocale } from "next-intl/server";
import { OpsFacts } from "@/app/_ops/ops-facts";
import { OpsFrame } from "@/app/_ops/ops-frame";
import { readOpsMetadata } from "@/app/_ops/ops-metadata";
import { OpsTable } from "@/app/_ops/ops-table";
import { requireOperator } from "@/app/_ops/require-operator";
import { ResetLinkForm } from "@/app/_ops/reset-link-form";
import { TaskTable } from "@/app/_ops/task-table";
import { buttonLook } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { toLocale } from "@/i18n/to-locale";
import { readPersonFile } from "@/lib/operators/read-people";
import { getServices } from "@/lib/services";

type UserProps = { params: Promise<{ locale: string; id: string }> };

export const generateMetadata = ({ params }: UserProps) => readOpsMetadata(params, "users");

export default async function UserPage({ params }: UserProps) {
  const { locale, id } = await params;
  setRequestLocale(toLocale(locale));
  await requireOperator();
  const file = await readPersonFile(getServices(), id);
  if (!file) {
    notFound();
  }
  const { person, balance, entries, tasks } = file;
  const [t, format] = await Promise.all([getTranslations("ops"), getFormatter()]);
  const at = (value: Date) => format.dateTime(value, { dateStyle: "short", timeStyle: "medium" });
  const { freeMonthlyLimit: limit, freeRemaining } = balance;
  const facts = [
    [t("name"), person.name],
    [t("userId"), <code key="id">{person.id}</code>],
    [t("roleName"), t(`role.${person.role}`)],
    [t("signedUp"), at(person.createdAt)],
    // A session is prolonged once a day at most, so it tells no more than the day.
    [t("lastSeen"), person.seenAt ? format.dateTime(person.seenAt, { dateStyle: "medium" }) : "–"],
    [t("leaves"), person.leavesAt ? at(person.leavesAt) : "–"],
    [t("money"), t("balanceOf", { available: balance.available, held: balance.held })],
    // What is left may be more than the limit now is.
    [t("freePictures"), t("freeOf", { used: Math.max(0, limit - freeRemaining), limit })],
  ] as const;
  return (
    <OpsFrame place="users" title={person.email}>
      <OpsFacts facts={facts} />
      <Link
        href={`/ops/grants?${new URLSearchParams({ email: person.email })}`}
        className={buttonLook({ className: "self-start" })}
      >
        {t("grantTo")}
      </Link>
      <h2 className="font-semibold text-lg">{t("resetLink")}</h2>
      <ResetLinkForm
        key={person.id}
        userId={person.id}
        locale={locale}
        words={{
          reason: t("reason"),
          hint: t("resetLinkHint"),
          submit: t("makeResetLink"),
          link: t("link"),
          linkHint: t("linkHint"),
          refused: t("refused"),
          unanswered: t("noLink"),
        }}
      />
      <h2 className="font-semibold text-lg">{t("ledgerLines")}</h2>
      {entries.length > 0 ? (
        <OpsTable
          label={t("ledgerLines")}
          head={[t("begun"), t("line"), t("amount"), t("balanceAfter"), t("reason"), t("id")]}
          rows={entries.map((entry) => ({
            key: entry.id,
            cells: [
              at(new Date(entry.createdAt)),
              t(`entry.${entry.kind}`),
              format.number(entry.amount, { signDisplay: "always" }),
              format.number(entry.balanceAfter),
              entry.reason,
              entry.taskId === null ? (
                "–"
              ) : (
                <Link
                  key="task"
                  href={`/ops/tasks/${entry.taskId}`}
                  className="whitespace-nowrap font-mono text-prussian"
                >
                  {entry.taskId}
                </Link>
              ),
            ],
          }))}
        />
      ) : (
        <p className="text-ink-2">{t("noneYet")}</p>
      )}
      <h2 className="font-semibold text-lg">{t("userTasks")}</h2>
      {tasks.length > 0 ? (
        <TaskTable label={t("userTasks")} tasks={tasks} />
      ) : (
        <p className="text-ink-2">{t("noneYet")}</p>
      )}
    </OpsFrame>
  );
}
