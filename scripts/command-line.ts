import { type ParseArgsConfig, parseArgs } from "node:util";

/** What a command was called with. Asked for help, or called with what it does not know, it prints its usage and ends. */
export function readCommandLine<const Config extends ParseArgsConfig>(usage: string, config: Config) {
  if (process.argv.slice(2).includes("--help")) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    if (error instanceof TypeError) {
      // Node's sentence goes on with advice for options that begin with a dash; the usage is better advice.
      failWithUsage(usage, error.message.split(". ")[0]);
    }
    throw error;
  }
}

/** Ends the command, which could not make sense of what it was called with. */
export function failWithUsage(usage: string, problem?: string): never {
  console.error(problem === undefined ? usage : `${problem}.\n${usage}`);
  process.exit(1);
}
