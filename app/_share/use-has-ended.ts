import { useEffect, useState } from "react";
import { serverNowMs } from "@/app/_data/server-clock";

/** Browsers take no longer delays; a link that ends later is looked at again by then. */
const DELAY_MS_MAX = 86_400_000;

/** Whether an instant has passed on the server's clock; told when it does, while somebody looks. */
export function useHasEnded(instant: string | null): boolean {
  const [ended, setEnded] = useState<string | null>(null);
  useEffect(() => {
    if (instant === null) {
      return;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      const leftMs = Date.parse(instant) - serverNowMs();
      if (leftMs <= 0) {
        setEnded(instant);
      } else {
        timer = setTimeout(look, Math.min(leftMs, DELAY_MS_MAX));
      }
    };
    look();
    return () => clearTimeout(timer);
  }, [instant]);
  return instant !== null && ended === instant;
}
