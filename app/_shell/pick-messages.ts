import type { Messages } from "next-intl";

/** The namespaces that a part of the app uses in the browser; the others stay on the server. */
export function pickMessages(messages: Messages, namespaces: readonly (keyof Messages)[]): Partial<Messages> {
  return Object.fromEntries(namespaces.map((namespace) => [namespace, messages[namespace]]));
}
