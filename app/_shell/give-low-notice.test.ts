import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { giveLowNotice } from "./give-low-notice";
import { hideToast, showToast, useToast } from "./toast-store";

const shown = () => useToast.getState().toast?.message ?? null;

/** A browser's storage; one that is forbidden throws. */
function openBrowser({ isForbidden = false } = {}): void {
  const stored = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem(key: string, value: string) {
      if (isForbidden) {
        throw new DOMException("no storage here", "SecurityError");
      }
      stored.set(key, value);
    },
  });
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 10, 29, 9) });
  hideToast();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the word that credits are running low", () => {
  it("is said once a day", () => {
    openBrowser();
    giveLowNotice("20 left");
    expect(shown()).toBe("20 left");
    hideToast();
    vi.setSystemTime(new Date(2026, 10, 29, 23, 59));
    giveLowNotice("10 left");
    expect(shown()).toBeNull();
    vi.setSystemTime(new Date(2026, 10, 30, 0, 1));
    giveLowNotice("10 left");
    expect(shown()).toBe("10 left");
  });

  it("waits while something else is being said", () => {
    openBrowser();
    showToast("Deleted", { undo: () => {} });
    giveLowNotice("20 left");
    expect(shown()).toBe("Deleted");
    hideToast();
    giveLowNotice("20 left");
    expect(shown()).toBe("20 left");
  });

  it("is not said where nobody would remember it", () => {
    openBrowser({ isForbidden: true });
    giveLowNotice("20 left");
    expect(shown()).toBeNull();
  });
});
