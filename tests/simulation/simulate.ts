import fc from "fast-check";
import postgres from "postgres";
import { z } from "zod";
import { checkInvariants } from "@/db/check-invariants";
import { Answer, createOracle, type PurseRow } from "./oracle";
import { type World, world, writeScript } from "./script";

/**
 * Runs a script in its database, each call a transaction of its own at its own moment of the virtual clock; a lost one is
 * rolled back, as by a process that died before the commit.
 */
const SET_UP = `
  create or replace function app_now() returns timestamptz language sql stable set search_path = public, pg_temp
  as $$ select coalesce(nullif(current_setting('sim.now', true), '')::timestamptz, now()) $$;
  create or replace procedure run_script(p_steps jsonb, inout p_answers jsonb) language plpgsql as $$
  declare
    v_step jsonb;
    v_answer jsonb;
  begin
    for v_step in select * from jsonb_array_elements(p_steps) loop
      perform set_config('sim.now', v_step ->> 'at', false);
      execute v_step ->> 'call' into v_answer;
      -- Guards that wait for the commit speak here, where it is known which call it was.
      set constraints all immediate;
      if (v_step ->> 'isLost')::boolean then
        rollback;
      else
        commit;
      end if;
      p_answers := p_answers || jsonb_build_array(v_answer);
    end loop;
    perform set_config('sim.now', '', false);
  end $$;`;

export type SimulationReport = {
  lifecycles: number;
  calls: number;
  worlds: number;
  seed: number;
  /** The first thing that went wrong, shrunk to the fewest commands; null when nothing did. */
  violation: string | null;
};

const Answers = z.array(Answer);

/**
 * Lives through worlds until so many pictures have lived, on a database of its own (owner's address). The same seed is the
 * same run. Every call's answer is judged by the oracle, and the whole of the books by the invariants in the end.
 */
export async function simulate(
  url: string,
  {
    lifecycles,
    seed,
    lane = 0,
    shrinks = true,
  }: { lifecycles: number; seed: number; lane?: number; shrinks?: boolean },
): Promise<SimulationReport> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  const report: SimulationReport = { lifecycles: 0, calls: 0, worlds: 0, seed, violation: null };
  try {
    await sql.unsafe(SET_UP);
    // The longest run must end in years that a timestamp knows.
    const live = async (commands: World) => {
      const violation = await liveThrough(sql, `${lane}x${report.worlds}`, commands, report);
      if (violation !== null) {
        throw new Error(violation);
      }
    };
    const result = await fc.check(
      fc.asyncProperty(world, async (commands) => {
        if (report.lifecycles < lifecycles) {
          await live(commands);
        }
      }),
      { seed, numRuns: Math.ceil(lifecycles / 3), endOnFailure: !shrinks },
    );
    if (result.failed) {
      const commands =
        result.counterexample?.[0].map(({ command, pick, count }) => `${command} ${pick} ${count}`) ?? [];
      report.violation = `${String(result.errorInstance)}\nseed ${seed}, path ${result.counterexamplePath}:\n${commands.join("\n")}`;
    } else {
      const broken = await checkInvariants(url, { clock: "app_now()" });
      report.violation = broken.length > 0 ? JSON.stringify(broken.slice(0, 5)) : null;
    }
    return report;
  } finally {
    await sql.end();
  }
}

async function liveThrough(
  sql: postgres.Sql,
  name: string,
  commands: World,
  report: SimulationReport,
): Promise<string | null> {
  // Each world has months of its own, so that what one leaves in a bucket is nothing of the next one's.
  const startsAt = new Date(Date.UTC(2030, (report.worlds * 6) % 90_000, 15, 12));
  report.worlds += 1;
  const { userId, steps } = writeScript(name, commands, startsAt);
  await sql`insert into users (id, name, email) values (${userId}, 'Ada', ${`${userId}@example.com`})`;
  const script = JSON.stringify(steps);
  const [row] = await sql.unsafe<{ p_answers: unknown }[]>(
    `call run_script($script$${script}$script$::jsonb, '[]'::jsonb)`,
  );
  const raw: unknown = typeof row?.p_answers === "string" ? JSON.parse(row.p_answers) : row?.p_answers;
  const answers = Answers.parse(raw);
  const oracle = createOracle(userId);
  for (const [index, step] of steps.entries()) {
    const answer = answers[index] ?? {};
    const wrong = oracle.judge(step, answer);
    if (wrong !== null) {
      return `${step.call.slice(0, 160)} -> ${JSON.stringify(answer)}: ${wrong}`;
    }
  }
  const purses = await sql<PurseRow[]>`
    select period, kind, balance::int as balance from ledger_accounts where user_id = ${userId}`;
  const wrongPurse = purses.map(oracle.compare).find((wrong) => wrong !== null);
  report.calls += steps.length;
  report.lifecycles += oracle.lifecycles();
  return wrongPurse ?? oracle.close();
}
