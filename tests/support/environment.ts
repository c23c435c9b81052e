import { WEBHOOK_SECRET } from "./sign-webhook";

const VALID = {
  DATABASE_URL: "postgres://nobody:nothing@127.0.0.1:1/none",
  BETTER_AUTH_SECRET: "a secret of the tests that is long enough",
  CLOUDFLARE_AI_GATEWAY_URL: "http://127.0.0.1:1/v1/local/sunprint",
  REPLICATE_WEBHOOK_SECRET: WEBHOOK_SECRET,
  NEXT_PUBLIC_SITE_URL: "http://localhost:3000",
  LOG_LEVEL: "silent",
};

/**
 * A sound environment for what reads env() itself: the log and Better Auth. It is parsed once a test file, on first use,
 * so this is called at the top of the file.
 */
export function setTestEnvironment(variables: Record<string, string> = {}): void {
  Object.assign(process.env, VALID, variables);
}
