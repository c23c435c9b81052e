import postgres from "postgres";

/** How much faster the database's clock goes: leases, polls and deadlines are over in a twentieth of their time. */
export const SPEED = 20;

/** The one clock of money and state, made fast in a database of the run's own. */
export class FastClock {
  readonly #ownerUrl: string;
  readonly #startedAt = new Date().toISOString();
  #jumpedSeconds = 0;

  constructor(ownerUrl: string) {
    this.#ownerUrl = ownerUrl;
  }

  /** Forward at once by so many seconds of the product's time. */
  async jump(seconds: number): Promise<void> {
    this.#jumpedSeconds += seconds;
    const sql = postgres(this.#ownerUrl, { max: 1, fetch_types: false, onnotice: () => {} });
    try {
      await sql.unsafe(
        `create or replace function app_now() returns timestamptz language sql stable
         set search_path = public, pg_temp
         as $$ select '${this.#startedAt}'::timestamptz + (now() - '${this.#startedAt}'::timestamptz) * ${SPEED}
                      + interval '${this.#jumpedSeconds} seconds' $$`,
      );
    } finally {
      await sql.end({ timeout: 5 });
    }
  }
}
