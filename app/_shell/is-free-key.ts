/** Text fields and dialogs have keys of their own. */
const OWN_KEYS =
  "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=dialog]";

/** Whether a key was pressed by itself, and not into a text field or a dialog. */
export function isFreeKey(event: KeyboardEvent): boolean {
  return !event.metaKey && !event.ctrlKey && !event.altKey && isFreePlace(event);
}

/** Whether a letter was pressed with Ctrl or ⌘ alone, and not into a text field, where it is the browser's, or a dialog. */
export function isFreeCommand(event: KeyboardEvent, letter: string): boolean {
  return (
    (event.metaKey || event.ctrlKey) &&
    !event.altKey &&
    !event.shiftKey &&
    !event.defaultPrevented &&
    event.key.toLowerCase() === letter &&
    isFreePlace(event)
  );
}

function isFreePlace({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && target.closest(OWN_KEYS) === null;
}
