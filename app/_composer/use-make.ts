import { useLocale } from "next-intl";
import { isForeignToFlux } from "@/lib/contracts/foreign-prompt";
import { useDraft } from "./draft-store";
import { makePictures } from "./run-submit";
import { type Blocker, type Settings, toGenerateBody } from "./settings";
import { readTranslation } from "./translation";
import { useSent } from "./use-sent";

type MakeOptions = {
  settings: Settings | null;
  blocker: Blocker | null;
  /** Asks which text is sent, of somebody who wants to be asked; what was chosen goes by `send`. */
  onAsk: (() => void) | null;
  onPressed: () => void;
  onAccepted: () => void;
};

/** Making, from a press to the server's answer. */
export function useMake({ settings, blocker, onAsk, onPressed, onAccepted }: MakeOptions) {
  const locale = useLocale();
  // People ask for several, one after the other; each has a sheet of its own from the press on.
  const { isSent, press } = useSent({ isQueueing: true });

  const run = async (chosen: Settings) => {
    const outcome = await press(() => {
      onPressed();
      const body = toGenerateBody(useDraft.getState().draft, chosen, {
        locale,
        translation: readTranslation(),
      });
      return makePictures(body, chosen.shape);
    });
    if (outcome === "accepted") {
      onAccepted();
    }
  };

  const send = () => {
    if (settings !== null && blocker === null) {
      void run(settings);
    }
  };

  const make = () => {
    const { text } = useDraft.getState().draft;
    const isToAsk = isForeignToFlux(text) && readTranslation() === "ask";
    if (isToAsk && onAsk && !isSent && blocker === null) {
      onAsk();
    } else {
      send();
    }
  };

  return { make, send, isSent };
}
