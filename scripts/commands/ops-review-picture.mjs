import { databaseCommand } from "../launch/migrate.mjs";
import { runToEnd } from "../launch/processes.mjs";
import { withDatabase } from "../launch/with-database.mjs";

/** `npm run ops:review-picture`: lets a public picture into Explore, or keeps it out. */
export default async function reviewPicture() {
  let exitCode = 1;
  await withDatabase("ops:review-picture", async ({ ownerUrl, start }) => {
    const program = databaseCommand("scripts/review-picture.ts", { DATABASE_URL: ownerUrl });
    const { ending, output } = await runToEnd(start, {
      ...program,
      args: [...program.args, ...process.argv.slice(3)],
    });
    process.stdout.write(output);
    exitCode = ending.code ?? 1;
  });
  return exitCode;
}
