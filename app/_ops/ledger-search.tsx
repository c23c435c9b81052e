import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { localizePath } from "@/i18n/localize-path";
import type { Locale } from "@/i18n/routing";
import { EntryKind } from "@/lib/contracts/credits";
import { WORD_LENGTH_MAX } from "./read-word";

type LedgerSearchProps = Record<"words" | "kind" | "day", string | null> & { locale: Locale };

/** What to look for in the ledger; it is in the address, so that it can be handed on. */
export async function LedgerSearch({ locale, words, kind, day }: LedgerSearchProps) {
  const t = await getTranslations("ops");
  return (
    <search>
      <form
        key={`${words} ${kind} ${day}`}
        action={localizePath("/ops/ledger", locale)}
        className="flex flex-wrap items-end gap-3"
      >
        <Field
          name="q"
          type="search"
          label={t("entries.search")}
          defaultValue={words ?? ""}
          maxLength={WORD_LENGTH_MAX}
          autoComplete="off"
          className="min-w-60 flex-1"
        />
        <label className="min-w-40">
          <span className="mb-1 block font-medium text-sm">{t("line")}</span>
          <select
            name="kind"
            defaultValue={kind ?? ""}
            className="min-h-control w-full rounded-control border border-line-strong bg-sheet px-3 text-field sm:text-base"
          >
            <option value="">{t("state.any")}</option>
            {EntryKind.options.map((name) => (
              <option key={name} value={name}>
                {t(`entry.${name}`)}
              </option>
            ))}
          </select>
        </label>
        <Field name="day" type="date" label={t("entries.day")} defaultValue={day ?? ""} />
        <Button type="submit">{t("find")}</Button>
      </form>
    </search>
  );
}
