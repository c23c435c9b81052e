"use client";

import clsx from "clsx";
import { Heart, Search, X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Chip } from "@/app/_composer/chip";
import { useFocusKey } from "@/app/_composer/use-focus-key";
import { ChoiceList } from "@/components/ui/choice-list";
import { Field } from "@/components/ui/field";
import { PanelButton } from "@/components/ui/panel-button";
import { ASPECT_RATIOS } from "@/lib/contracts/aspect-ratios";
import type { LibraryFilters } from "./library-filters";
import { LIBRARY_STATES } from "./library-limits";

/** A pause in typing. */
const TYPING_MS = 250;

type FilterBarProps = {
  filters: LibraryFilters;
  models: { id: string; title: string }[];
  onChange: (change: Partial<LibraryFilters>) => void;
};

/** What is looked for: words, in which place, model, shape, days, favourites. */
export function FilterBar({ filters, models, onChange }: FilterBarProps) {
  const t = useTranslations("library");
  return (
    <search className="sticky top-header z-10 -mx-4 flex flex-wrap items-center gap-2 bg-paper px-4 py-2 lg:-mx-6 lg:px-6">
      <SearchField value={filters.q} onChange={(q) => onChange({ q })} />
      <div className="flex items-center gap-2 max-sm:-mx-4 max-sm:w-screen max-sm:overflow-x-auto max-sm:px-4">
        <ChoiceList
          label={t("filter.state")}
          chosen={filters.state}
          onChoose={(value) => onChange({ state: LIBRARY_STATES.find((state) => state === value) ?? "made" })}
          choices={LIBRARY_STATES.map((state) => ({ value: state, content: t(`state.${state}`) }))}
          className="flex shrink-0 rounded-control border border-line bg-sheet p-0.5 text-sm"
          choiceClassName="flex! min-h-7 items-center rounded-[6px]! px-2.5! py-0! whitespace-nowrap coarse:min-h-10"
        />
        <Choice
          label={t("filter.model")}
          chosen={filters.model}
          choices={models.map(({ id, title }) => ({ value: id, content: title }))}
          onChoose={(model) => onChange({ model })}
        />
        <Choice
          label={t("filter.ratio")}
          chosen={filters.ratio}
          choices={ASPECT_RATIOS.map((ratio) => ({ value: ratio, content: ratio }))}
          onChoose={(value) => onChange({ ratio: ASPECT_RATIOS.find((ratio) => ratio === value) ?? null })}
        />
        <DayRange filters={filters} onChange={onChange} />
        <Chip
          aria-pressed={filters.isFavourite}
          aria-label={t("filter.favourites")}
          title={t("filter.favourites")}
          onClick={() => onChange({ isFavourite: !filters.isFavourite })}
          className={filters.isFavourite ? "border-prussian! bg-prussian-soft!" : undefined}
        >
          <Heart
            size={15}
            aria-hidden="true"
            className={clsx(filters.isFavourite && "fill-current text-prussian")}
          />
        </Chip>
      </div>
    </search>
  );
}

function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations("library");
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const field = useRef<HTMLInputElement>(null);
  useFocusKey(field);
  if (value !== known) {
    setKnown(value);
    setText(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setKnown(next);
      onChange(next);
    }, TYPING_MS);
  };
  return (
    <div className="relative min-w-60 flex-1">
      <Search
        size={16}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-3"
      />
      <input
        ref={field}
        type="search"
        value={text}
        onChange={(event) => type(event.target.value)}
        aria-label={t("search")}
        aria-keyshortcuts="/"
        placeholder={t("search")}
        className="min-h-control w-full rounded-control border border-line-strong bg-sheet pr-9 pl-9 text-field sm:text-base [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== "" && (
        <button
          type="button"
          aria-label={t("clearSearch")}
          onClick={() => type("")}
          className="touch-target absolute top-1/2 right-2 -translate-y-1/2 rounded-control p-1 text-ink-3 hover:text-ink"
        >
          <X size={16} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}

type ChoiceProps = {
  label: string;
  chosen: string | null;
  choices: { value: string; content: string }[];
  onChoose: (value: string | null) => void;
};

function Choice({ label, chosen, choices, onChoose }: ChoiceProps) {
  const t = useTranslations("library");
  const content = choices.find(({ value }) => value === chosen)?.content;
  return (
    <PanelButton
      label={label}
      className="w-56 p-1!"
      trigger={(trigger) => (
        <Chip
          aria-label={t("filter.chosen", { label, value: content ?? t("filter.all") })}
          className={content ? "border-prussian! bg-prussian-soft!" : undefined}
          {...trigger}
        >
          {content ?? label}
        </Chip>
      )}
    >
      {(close) => (
        <ChoiceList
          label={label}
          chosen={chosen ?? ""}
          onChoose={(value) => onChoose(value === "" ? null : value)}
          onDone={close}
          choices={[{ value: "", content: t("filter.all") }, ...choices]}
        />
      )}
    </PanelButton>
  );
}

function DayRange({ filters, onChange }: Pick<FilterBarProps, "filters" | "onChange">) {
  const t = useTranslations("library");
  const format = useFormatter();
  const { from, to } = filters;
  const day = (text: string) =>
    format.dateTime(new Date(`${text}T12:00:00Z`), { day: "numeric", month: "short", timeZone: "UTC" });
  const shown = from || to ? `${from ? day(from) : "…"} – ${to ? day(to) : "…"}` : null;
  return (
    <PanelButton
      label={t("filter.days")}
      className="w-64"
      trigger={(trigger) => (
        <Chip
          aria-label={t("filter.chosen", { label: t("filter.days"), value: shown ?? t("filter.all") })}
          className={shown ? "border-prussian! bg-prussian-soft!" : undefined}
          {...trigger}
        >
          {shown ?? t("filter.days")}
        </Chip>
      )}
    >
      {() => (
        <div className="flex flex-col gap-3">
          <Field
            type="date"
            label={t("filter.from")}
            value={from ?? ""}
            max={to ?? undefined}
            onChange={(event) => onChange({ from: event.target.value || null })}
          />
          <Field
            type="date"
            label={t("filter.to")}
            value={to ?? ""}
            min={from ?? undefined}
            onChange={(event) => onChange({ to: event.target.value || null })}
          />
        </div>
      )}
    </PanelButton>
  );
}
