import { useRef, useState } from "react";

/** How long a button says that it was pressed; a second press within it is a double click, not a second wish. */
const SENT_MS = 600;

type SentOptions = {
  /** It is ready for the next wish while the answer to the last one is still out. */
  isQueueing?: boolean;
};

/** A press that sends something, until the answer is there. Meanwhile another does nothing. */
export function useSent({ isQueueing = false }: SentOptions = {}) {
  const [isSent, setSent] = useState(false);
  const isBusy = useRef(false);

  /** What came of it; null when it was not sent. */
  const press = async <Outcome>(send: () => Promise<Outcome>): Promise<Outcome | null> => {
    if (isBusy.current) {
      return null;
    }
    isBusy.current = true;
    setSent(true);
    const pause = new Promise((resolve) => setTimeout(resolve, SENT_MS));
    const outcome = send();
    await (isQueueing ? pause : Promise.all([outcome, pause]));
    isBusy.current = false;
    setSent(false);
    return outcome;
  };

  return { isSent, press };
}
