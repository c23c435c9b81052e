import "server-only";

/** As boot.ts, for Workers: there is no process to prepare. The cron trigger sweeps; the first request reads env(). */
export async function boot(): Promise<void> {}
