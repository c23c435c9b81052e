import { useState } from "react";
import { onMoneyMoved } from "@/app/_data/balance-queries";
import { isCreditsResponse } from "@/app/_data/guards";
import { readApi } from "@/app/_data/problem-error";
import { createResource } from "@/app/_data/resource";
import type { CreditsResponse, LedgerFilter } from "@/lib/contracts/credits";

type LedgerPages = Pick<CreditsResponse, "entries" | "nextCursor"> & { pageCount: number };

const readPage = (show: LedgerFilter, cursor: string | null, signal?: AbortSignal) =>
  readApi(
    `/api/credits?show=${show}${cursor === null ? "" : `&cursor=${cursor}`}`,
    isCreditsResponse,
    signal && { signal },
  );

function createLedger(show: LedgerFilter) {
  const ledger = createResource<LedgerPages>({
    /** As many pages as have been looked at, one after the other: each begins where the last ended. */
    async load(signal) {
      const wanted = ledger.read()?.pageCount ?? 1;
      let pages = toPages(await readPage(show, null, signal));
      while (pages.pageCount < wanted && pages.nextCursor !== null) {
        pages = addPage(pages, await readPage(show, pages.nextCursor, signal));
      }
      return pages;
    },
  });
  onMoneyMoved(ledger.refresh);
  return ledger;
}

const LEDGERS = {
  all: createLedger("all"),
  spent: createLedger("spent"),
  returned: createLedger("returned"),
  given: createLedger("given"),
} satisfies Record<LedgerFilter, unknown>;

function toPages({ entries, nextCursor }: CreditsResponse): LedgerPages {
  return { entries, nextCursor, pageCount: 1 };
}

function addPage(pages: LedgerPages, { entries, nextCursor }: CreditsResponse): LedgerPages {
  return { entries: [...pages.entries, ...entries], nextCursor, pageCount: pages.pageCount + 1 };
}

/** The lines of the ledger that the filter lets through, newest first; older pages are added at the end. */
export function useLedger(firstPage: CreditsResponse, show: LedgerFilter) {
  const ledger = LEDGERS[show];
  const [initial] = useState(() => toPages(firstPage));
  const { entries, nextCursor } = ledger.useData(initial).data ?? initial;
  const [isLoading, setLoading] = useState(false);
  const load = async (cursor: string) => {
    setLoading(true);
    try {
      const page = await readPage(show, cursor);
      ledger.change((known) => (known.nextCursor === cursor ? addPage(known, page) : known));
    } catch {
      // The button stays, and the next press tries again.
    } finally {
      setLoading(false);
    }
  };
  return {
    entries,
    hasOlder: nextCursor !== null,
    isLoading,
    loadOlder: () => {
      if (nextCursor !== null && !isLoading) {
        void load(nextCursor);
      }
    },
  };
}
