import { useEffect, useState } from "react";
import { type LibraryFilters, readFilters, writeFilters } from "./library-filters";
import { clearSelection } from "./selection-store";

const LIBRARY_PATH = /\/library$/;

/**
 * The filters, which the address shows. A picture that is open over the library has an address of its own meanwhile,
 * so they are kept here and not read off it.
 */
export function useLibraryFilters(
  initial: LibraryFilters,
): [LibraryFilters, (change: Partial<LibraryFilters>) => void] {
  const [filters, setFilters] = useState(initial);

  useEffect(() => {
    const follow = () => {
      if (LIBRARY_PATH.test(window.location.pathname)) {
        setFilters(readFilters(new URLSearchParams(window.location.search)));
      }
    };
    window.addEventListener("popstate", follow);
    return () => window.removeEventListener("popstate", follow);
  }, []);

  const change = (part: Partial<LibraryFilters>) => {
    const next = { ...filters, ...part };
    setFilters(next);
    clearSelection();
    window.history.replaceState(null, "", `${window.location.pathname}${writeFilters(next)}`);
    window.scrollTo({ top: 0 });
  };
  return [filters, change];
}
