"use client";

import { useEffect, useState } from "react";

const DELAYS_MS = [1_000, 4_000, 15_000];

/**
 * For an img whose bytes may fail to come: they are asked for again three times, and whenever the network is back.
 * `attempt` is the element's key, so that a new one asks anew.
 */
export function usePictureRetry(): { attempt: number; onError: () => void } {
  const [attempt, setAttempt] = useState(0);
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    if (!isBroken) {
      return;
    }
    const again = () => {
      setBroken(false);
      setAttempt(attempt + 1);
    };
    const delayMs = DELAYS_MS[attempt];
    const timer = delayMs === undefined ? undefined : setTimeout(again, delayMs);
    window.addEventListener("online", again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("online", again);
    };
  }, [isBroken, attempt]);
  return { attempt, onError: () => setBroken(true) };
}
