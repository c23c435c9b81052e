import { create } from "zustand";

export type Toast = { id: number; message: string; undo?: (() => void) | undefined };

/** One at a time: the newest says what just happened. */
export const useToast = create<{ toast: Toast | null }>(() => ({ toast: null }));

let nextId = 1;

/** Says what just happened, for a while; with `undo` it can be taken back meanwhile. */
export function showToast(message: string, undo?: () => void): void {
  useToast.setState({ toast: { id: nextId++, message, undo } });
}

export function hideToast(): void {
  useToast.setState({ toast: null });
}
