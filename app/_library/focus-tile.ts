/** Leads the keyboard to its tile when it is nowhere, or on the page as a whole, as after a click beside everything. */
export function focusTile(): void {
  if (document.activeElement?.matches("body, main")) {
    document.querySelector<HTMLElement>('[data-tile][tabindex="0"]')?.focus({ preventScroll: true });
  }
}
