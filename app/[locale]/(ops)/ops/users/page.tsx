import { getFormatter, getTranslations, setRequestLocale } from "next-intl/server";
import { nameEmptiness } from "@/app/_ops/name-emptiness";
import { OpsFrame } from "@/app/_ops/ops-frame";
import { readOpsMetadata } from "@/app/_ops/ops-metadata";
import { OpsTable } from "@/app/_ops/ops-table";
import { readWord, WORD_LENGTH_MAX } from "@/app/_ops/read-word";
import { requireOperator } from "@/app/_ops/require-operator";
import { Button, buttonLook } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { localizePath } from "@/i18n/localize-path";
import { toLocale } from "@/i18n/to-locale";
import { listPeople, TASKS_COUNTED_MAX } from "@/lib/operators/read-people";
import { getServices } from "@/lib/services";

type UsersProps = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = ({ params }: UsersProps) => readOpsMetadata(params, "users");

export default async function UsersPage({ params, searchParams }: UsersProps) {
  const locale = toLocale((await params).locale);
  setRequestLocale(locale);
  await requireOperator();
  const query = await searchParams;
  const words = readWord(query.q);
  const before = readWord(query.before);
  const { people, nextBefore } = await listPeople(getServices(), { words, before });
  const emptiness = nameEmptiness({ before, nextBefore });
  const [t, format] = await Promise.all([getTranslations("ops"), getFormatter()]);
  const dayOf = (at: Date) => format.dateTime(at, { dateStyle: "medium" });
  const countOf = (tasks: number) =>
    tasks < TASKS_COUNTED_MAX ? format.number(tasks) : t("countOrMore", { count: tasks });
  return (
    <OpsFrame place="users">
      <search>
        <form
          key={words}
          action={localizePath("/ops/users", locale)}
          className="flex max-w-xl flex-wrap items-end gap-3"
        >
          <Field
            name="q"
            type="search"
            label={t("findUsers")}
            defaultValue={words ?? ""}
            maxLength={WORD_LENGTH_MAX}
            autoComplete="off"
            className="min-w-60 flex-1"
          />
          <Button type="submit">{t("find")}</Button>
        </form>
      </search>
      {people.length > 0 ? (
        <OpsTable
          label={t("place.users")}
          head={[
            t("name"),
            t("email"),
            t("roleName"),
            t("available"),
            t("onHold"),
            t("tasksMade"),
            t("signedUp"),
            t("leaves"),
          ]}
          rows={people.map((person) => ({
            key: person.id,
            cells: [
              person.name,
              <Link key="email" href={`/ops/users/${person.id}`} className="whitespace-nowrap text-prussian">
                {person.email}
              </Link>,
              t(`role.${person.role}`),
              format.number(person.available),
              format.number(person.held),
              countOf(person.tasks),
              dayOf(person.createdAt),
              person.leavesAt ? dayOf(person.leavesAt) : "–",
            ],
          }))}
        />
      ) : (
        <p className="text-ink-2">{t(`nobody.${emptiness}`, { words: words ?? "" })}</p>
      )}
      {nextBefore && (
        <Link
          href={`/ops/users?${new URLSearchParams({ ...(words === null ? {} : { q: words }), before: nextBefore })}`}
          className={buttonLook({ className: "self-start" })}
        >
          {t("older")}
        </Link>
      )}
    </OpsFrame>
  );
}
