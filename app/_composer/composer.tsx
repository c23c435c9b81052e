"use client";

import clsx from "clsx";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type ComponentType, useRef, useState } from "react";
import { useBalance } from "@/app/_data/balance-queries";
import { useModels } from "@/app/_data/model-queries";
import { localizePath } from "@/i18n/localize-path";
import { ComposerChips } from "./composer-chips";
import { ComposerHints } from "./composer-hints";
import { ComposerNotice } from "./composer-notice";
import { useDraft } from "./draft-store";
import { HistoryButton } from "./history-button";
import type { ImprovePanel } from "./improve/improve-panel";
import { ImproveButton, loadImprovePanel } from "./improve-button";
import { MakeButton } from "./make-button";
import { setSilenceNotice } from "./notice-store";
import { PromptField } from "./prompt-field";
import { ReferencePlace } from "./reference/reference-place";
import { useTakenPictures } from "./reference/take-picture";
import { useUpload } from "./reference/upload-store";
import { findBlocker, type Settings, toSettings } from "./settings";
import type { StudioFacts } from "./studio-facts";
import { useAccountDraft } from "./use-account-draft";
import { useComposerPlace } from "./use-composer-place";
import { useFocusKey } from "./use-focus-key";
import { useFocusWithin } from "./use-focus-within";
import { useKeyboardInset } from "./use-keyboard-inset";
import { useMake } from "./use-make";

type ComposerProps = {
  facts: StudioFacts;
  /** In the studio it follows the reader: a bar on top when the stream is scrolled, docked below on a phone. */
  isDocked?: boolean;
  /** What somebody without an account presses instead of making, once nothing is in the way of that. */
  StartButton?: ComponentType<StartButtonProps>;
};

export type StartButtonProps = { settings: Settings };

type Improving = {
  prompt: string;
  /** The button was pressed, and what is chosen here is sent. */
  isAsked: boolean;
  Panel: ComponentType<Parameters<typeof ImprovePanel>[0]>;
};

/** Where a picture is asked for: the text, its settings by their values, and a button that tells the truth. */
export function Composer({ facts, isDocked = false, StartButton }: ComposerProps) {
  const t = useTranslations("composer");
  const router = useRouter();
  const locale = useLocale();
  const field = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const { isAway, heldHeight } = useComposerPlace(place);
  const isFocused = useFocusWithin(form);
  const [improving, setImproving] = useState<Improving | null>(null);
  const draft = useDraft((state) => state.draft);
  const upload = useUpload((state) => state.upload);
  const balance = useBalance(facts.balance);
  const models = useModels(facts.models);
  const settings = toSettings(draft, models);
  const blocker =
    settings &&
    findBlocker(draft.text, settings, { balance, promptLengthMax: facts.promptLengthMax, upload });
  const propose = (options: { isAsked: boolean }) => {
    loadImprovePanel()
      .then((Panel) => setImproving({ prompt: draft.text, Panel, ...options }))
      .catch(setSilenceNotice);
  };
  const { make, send, isSent } = useMake({
    settings,
    blocker,
    onAsk: balance && (() => propose({ isAsked: true })),
    onPressed() {
      setImproving(null);
      if (isDocked) {
        field.current?.blur();
        foldUnderFinger(form.current);
        window.scrollTo({ top: 0 });
      }
    },
    onAccepted() {
      // Whoever has gone elsewhere by the time of the answer stays there.
      if (!isDocked && form.current) {
        router.push(localizePath("/create", locale));
      }
    },
  });
  useFocusKey(field);
  // Only somebody with an account has a place for pictures.
  useTakenPictures(form, balance !== null);
  useKeyboardInset();
  useAccountDraft(facts);

  // An improvement is a proposal for one text; when the text has changed, it is out of date.
  const proposing = improving?.prompt === draft.text ? improving : null;

  if (!settings) {
    return null;
  }
  const focusField = () => field.current?.focus();
  const fix = () => {
    const target = blocker?.kind === "reference" ? "[data-reference] button" : "#prompt";
    form.current?.querySelector<HTMLElement>(target)?.focus();
  };
  return (
    <div
      ref={place}
      style={isDocked && isAway && heldHeight !== null ? { minHeight: heldHeight } : undefined}
      className={clsx("mx-auto w-full max-w-[57.5rem]", isDocked && "max-lg:contents lg:relative lg:z-20")}
    >
      <form
        ref={form}
        data-composer
        data-docked={isDocked || undefined}
        data-away={(isDocked && isAway) || undefined}
        data-open={isFocused || proposing !== null || undefined}
        aria-label={t("label")}
        onSubmit={(event) => event.preventDefault()}
        className={clsx(
          "border border-line-strong bg-sheet transition-[border-color,box-shadow] focus-within:border-prussian",
          isDocked ? "composer-docked max-lg:border-x-0 max-lg:border-b-0" : "rounded-panel shadow-float",
        )}
      >
        <PromptField field={field} onMake={make} />
        <div className="folded:hidden">
          <ComposerHints settings={settings} promptLengthMax={facts.promptLengthMax} />
          {balance && <ReferencePlace model={settings.model} models={models} onRemoved={focusField} />}
          {proposing && (
            <proposing.Panel
              // Asked over an open proposal, it begins anew: with an English one.
              key={`${proposing.isAsked}`}
              prompt={proposing.prompt}
              onSend={proposing.isAsked ? send : null}
              onEdit={focusField}
              onDone={() => setImproving(null)}
            />
          )}
        </div>
        <div className="flex items-center gap-2 p-3 pt-2 max-lg:flex-col max-lg:items-stretch lg:flex-wrap folded:p-1.5">
          <ComposerChips
            draft={draft}
            settings={settings}
            models={models}
            loras={facts.loras}
            balance={balance}
          />
          <div className="ml-auto flex shrink-0 items-center gap-2 max-lg:w-full">
            {balance && <HistoryButton />}
            {balance && (
              <ImproveButton
                text={draft.text}
                isOpen={proposing !== null}
                onOpen={() => propose({ isAsked: false })}
                onClose={() => setImproving(null)}
                onEmpty={focusField}
              />
            )}
            {balance || blocker ? (
              <MakeButton
                settings={settings}
                blocker={blocker}
                isSent={isSent}
                balance={balance}
                models={models}
                onMake={make}
                onFix={fix}
              />
            ) : (
              StartButton && <StartButton settings={settings} />
            )}
          </div>
        </div>
        <ComposerNotice models={models} />
      </form>
    </div>
  );
}

/** A tapped button keeps the focus, and the docked composer would stay open over the pictures; a keyboard's user keeps it. */
function foldUnderFinger(form: HTMLFormElement | null): void {
  const active = document.activeElement;
  const isTouched = window.matchMedia("(pointer: coarse)").matches;
  if (isTouched && active instanceof HTMLElement && form?.contains(active)) {
    active.blur();
  }
}
