import type { ReactNode } from "react";
import { create } from "zustand";

export type ToastActions = {
  /** Takes back what was said. */
  undo?: () => void;
  /** Does what was left out. */
  more?: { label: string; act: () => void };
};
export type Toast = ToastActions & { id: number; message: ReactNode };

/** One at a time: the newest says what just happened. */
export const useToast = create<{ toast: Toast | null }>(() => ({ toast: null }));

let nextId = 1;

/** Says what just happened, for a while, with what can be done about it meanwhile. */
export function showToast(message: ReactNode, actions?: ToastActions): void {
  useToast.setState({ toast: { id: nextId++, message, ...actions } });
}

export function hideToast(): void {
  useToast.setState({ toast: null });
}
