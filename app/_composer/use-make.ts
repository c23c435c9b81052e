import { useLocale } from "next-intl";
import { useRef, useState } from "react";
import { isForeignToFlux } from "@/lib/contracts/foreign-prompt";
import { useDraft } from "./draft-store";
import { makePictures } from "./run-submit";
import { type Blocker, type Settings, toGenerateBody } from "./settings";
import { readTranslation } from "./translation";

/** How long the button says that it was pressed; a second press within it is a double click, not a second wish. */
const SENT_MS = 600;

type MakeOptions = {
  settings: Settings | null;
  blocker: Blocker | null;
  /** Asks which text is sent, of somebody who wants to be asked; what was chosen goes by `send`. */
  onAsk: (() => void) | null;
  onPressed: () => void;
  onAccepted: () => void;
};

/** Making, from a press to the server's answer. While one press is under way another does nothing. */
export function useMake({ settings, blocker, onAsk, onPressed, onAccepted }: MakeOptions) {
  const locale = useLocale();
  const [isSent, setSent] = useState(false);
  const isBusy = useRef(false);

  const run = async (chosen: Settings) => {
    const body = toGenerateBody(useDraft.getState().draft, chosen, {
      locale,
      translation: readTranslation(),
    });
    const pause = new Promise((resolve) => setTimeout(resolve, SENT_MS));
    const [isAccepted] = await Promise.all([makePictures(body, chosen.shape), pause]);
    isBusy.current = false;
    setSent(false);
    if (isAccepted) {
      onAccepted();
    }
  };

  const send = () => {
    if (isBusy.current || settings === null || blocker !== null) {
      return;
    }
    isBusy.current = true;
    setSent(true);
    onPressed();
    void run(settings);
  };

  const make = () => {
    const { text } = useDraft.getState().draft;
    const isToAsk = isForeignToFlux(text) && readTranslation() === "ask";
    if (isToAsk && onAsk && !isBusy.current && blocker === null) {
      onAsk();
    } else {
      send();
    }
  };

  return { make, send, isSent };
}
