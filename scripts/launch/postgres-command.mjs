import { existsSync } from "node:fs";
import path from "node:path";

/** @typedef {import("./postgres-account.mjs").PostgresAccount} PostgresAccount */

/**
 * How a program of PostgreSQL is run by the account that may run it.
 * @param {PostgresAccount} account
 * @param {"initdb" | "pg_ctl" | "postgres"} program
 * @param {string[]} programArgs
 */
export function postgresCommand(account, program, programArgs) {
  const file = path.join(account.binaries, "bin", process.platform === "win32" ? `${program}.exe` : program);
  const [command = file, ...args] = [...account.prefix, ...diesWithParent(program), file, ...programArgs];
  return { command, args, cwd: account.cwd, uid: account.uid, gid: account.gid };
}

/**
 * On Linux the kernel stops the server when the launcher is killed outright; elsewhere the next start does.
 * @param {string} program
 */
function diesWithParent(program) {
  const setpriv = "/usr/bin/setpriv";
  return program === "postgres" && existsSync(setpriv) ? [setpriv, "--pdeathsig", "INT", "--"] : [];
}
