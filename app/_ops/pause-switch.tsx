import { getTranslations } from "next-intl/server";
import { ActForm } from "./act-form";
import type { ActWords } from "./act-words";

type PauseSwitchProps = {
  id: string;
  title: string;
  /** The name that logs and addresses have for it. */
  code?: string;
  /** What it does while it is on. */
  note: string;
  /** What users read while it is paused. */
  sentence: string | undefined;
  /** Acts as they are sent; a pause asks for its sentence. */
  pause: Record<string, string>;
  resume: Record<string, string>;
  words: ActWords;
};

/** Whether something is on, and the act that changes that. */
export async function PauseSwitch({
  id,
  title,
  code,
  note,
  sentence,
  pause,
  resume,
  words,
}: PauseSwitchProps) {
  const t = await getTranslations("ops");
  return (
    <section aria-labelledby={id} className="rounded-panel border border-line bg-sheet p-4">
      <h3 id={id} className="mb-2 font-semibold">
        {title}
        {code && <code className="ml-2 font-normal text-ink-2 text-sm">{code}</code>}
      </h3>
      <p className={sentence === undefined ? "mb-4 text-sm" : "mb-4 text-sm text-warn"}>
        {sentence === undefined ? note : t("pausedWith", { sentence })}
      </p>
      {sentence === undefined ? (
        <ActForm
          key="pause"
          act={pause}
          fields={[{ name: "reason", label: t("sentence") }]}
          submitLabel={t("pause")}
          words={words}
        />
      ) : (
        <ActForm key="resume" act={resume} fields={[]} submitLabel={t("resume")} words={words} />
      )}
    </section>
  );
}
