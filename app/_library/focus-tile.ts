/** Leads the keyboard to its tile when it is nowhere. */
export function focusTile(): void {
  if (document.activeElement === document.body) {
    document.querySelector<HTMLElement>('[data-tile][tabindex="0"]')?.focus({ preventScroll: true });
  }
}
