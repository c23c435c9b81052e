/** Text that every part of the system can carry: no NUL, which PostgreSQL refuses, and no half of a character. */
export function isPlainText(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}
