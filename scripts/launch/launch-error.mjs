/** A problem that the person at the terminal can solve: its sentence is printed alone, without a stack. */
export class LaunchError extends Error {
  /**
   * @param {string} sentence
   * @param {{ details?: string | undefined, cause?: unknown }} [options] details: output of the failed step, shown below the sentence
   */
  constructor(sentence, options = {}) {
    super(sentence, { cause: options.cause });
    this.name = "LaunchError";
    this.details = options.details;
  }
}
