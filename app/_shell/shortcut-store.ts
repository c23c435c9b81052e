import { create } from "zustand";

/** Whether the list of keys is asked for: by `?`, or in the account's menu. */
export const useShortcutHelp = create<{ isWanted: boolean }>(() => ({ isWanted: false }));
