/** Whether a key was pressed by itself, and not into a text field or a dialog, which have keys of their own. */
export function isFreeKey(event: KeyboardEvent): boolean {
  return (
    !event.metaKey &&
    !event.ctrlKey &&
    !event.altKey &&
    event.target instanceof HTMLElement &&
    event.target.closest(
      "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=dialog]",
    ) === null
  );
}
