const ANSWER_MS_MAX = 20_000;

/**
 * A question to a database that may be crashed in the midst of it. The driver leaves some of those pending for ever; they
 * are told here as what they are, or a whole run would wait for one of them.
 */
export async function answered<T>(question: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      question,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error("the database left a question unanswered")), ANSWER_MS_MAX);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
