/** Whether a text fits a pattern in which `*` stands for anything. */
export function matchesPattern(pattern: string, text: string): boolean {
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^]*");
  return new RegExp(`^${escaped}$`, "i").test(text);
}
