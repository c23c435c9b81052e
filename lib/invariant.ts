/** A programmer's mistake: something that cannot happen has happened. Never for a person's input. */
export class InvariantError extends Error {
  readonly context: Record<string, unknown>;

  constructor(sentence: string, context: Record<string, unknown> = {}) {
    super(sentence);
    this.name = "InvariantError";
    this.context = context;
  }
}

/** Says out loud what the code relies on. */
export function invariant(
  condition: unknown,
  sentence: string,
  context?: Record<string, unknown>,
): asserts condition {
  if (!condition) {
    throw new InvariantError(sentence, context);
  }
}
