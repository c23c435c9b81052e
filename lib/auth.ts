import "server-only";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError } from "better-auth/api";
import { getDb } from "@/db/client";
import { openWallet } from "@/db/queries/credits";
import { finishReset } from "@/db/queries/people";
import { authAccounts, authRateLimits, sessions, users, verifications } from "@/db/schema";
import { env, isSiteLocal } from "@/env.mjs";
import { currentScope } from "@/host/scope";
import { localeOf } from "@/i18n/locale-of";
import { RESET_PREFIX, RESET_SECONDS, VOUCHED_PREFIX } from "./account/reset-links";
import { sendResetLink } from "./account/send-reset-link";
import { PASSWORD_LENGTH_MIN } from "./contracts/password-length";
import { newId } from "./ids";
import { log } from "./logger";
import type { SendMail } from "./mail/mail";
import { findPause } from "./operators/find-pause";
import { getServices } from "./services";

/** For so long a read may trust the signed cookie without asking the database; writes that cost money never do. */
const COOKIE_CACHE_SECONDS = 60;

function createAuth() {
  const values = env();
  const { count: max, seconds: window } = values.RATE_LIMIT_AUTH;
  const limit = { window, max };
  const { sendMail } = getServices();
  return betterAuth({
    appName: "Sunprint",
    baseURL: values.NEXT_PUBLIC_SITE_URL,
    secret: values.BETTER_AUTH_SECRET,
    trustedOrigins: listOwnOrigins(),
    database: drizzleAdapter(getDb(), {
      provider: "pg",
      schema: {
        user: users,
        session: sessions,
        account: authAccounts,
        verification: verifications,
        rateLimit: authRateLimits,
      },
    }),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_LENGTH_MIN,
      autoSignIn: true,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      ...(sendMail ? { sendResetPassword: async (asked) => void sendLink(sendMail, asked) } : {}),
      // A link that was asked for before would undo this one for another hour. Sessions are over by now.
      onPasswordReset: ({ user: { id } }) =>
        finishReset(getDb(), { userId: id, vouchedAs: `${VOUCHED_PREFIX}${id}` }),
    },
    // Whoever reads the table gets no key out of it.
    verification: { storeIdentifier: { default: "plain", overrides: { [RESET_PREFIX]: "hashed" } } },
    socialProviders: listSocialProviders(),
    user: { additionalFields: { role: { type: "string", input: false, defaultValue: "user" } } },
    session: { cookieCache: { enabled: true, maxAge: COOKIE_CACHE_SECONDS } },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 300,
      customRules: {
        "/sign-in/*": limit,
        "/sign-up/*": limit,
        "/request-password-reset": limit,
        "/reset-password": limit,
      },
    },
    advanced: { cookiePrefix: "sunprint", database: { generateId: () => newId("user") } },
    telemetry: { enabled: false },
    // What is no answer of its own goes on to the door of the routes, which knows a database that is away from a fault.
    onAPIError: { throw: true },
    // Without what it would print besides: errors of statements with addresses and hashes in them.
    logger: { level: "warn", log: (level, message) => log()[level]({ message }, "auth.said") },
    databaseHooks: {
      user: {
        create: {
          async before() {
            const sentence = await findPause({ db: getDb() }, "sign_ups");
            if (sentence !== undefined) {
              throw new APIError("SERVICE_UNAVAILABLE", { code: "SIGN_UPS_PAUSED", message: sentence });
            }
          },
          async after(user) {
            await openWallet(getDb(), {
              userId: user.id,
              signupCredits: values.SIGNUP_CREDITS,
              isFirstAccountOperator: values.ADMIN_EMAILS.includes("first-account"),
            });
          },
        },
      },
    },
  });
}

/**
 * Nobody waits for it: a letter takes seconds, which would tell an address that has an account from one that has none (the row that is
 * written for it takes a millisecond, and signing up tells as much). The language is that of the page which asked, by the path that it
 * wants to be led back to.
 */
function sendLink(
  sendMail: SendMail,
  { user, url, token }: { user: { id: string; email: string }; url: string; token: string },
): Promise<void> {
  const page = URL.parse(new URL(url).searchParams.get("callbackURL") ?? "/", url);
  return sendResetLink(
    { ...getServices(), sendMail },
    { userId: user.id, email: user.email, token, locale: localeOf(page?.pathname ?? "/") },
  );
}

/** A browser on this machine may write the same address three ways. */
export function listOwnOrigins(): string[] {
  const site = new URL(env().NEXT_PUBLIC_SITE_URL);
  return isSiteLocal()
    ? ["localhost", "127.0.0.1", "[::1]"].map((host) => `${site.protocol}//${host}:${site.port}`)
    : [site.origin];
}

function listSocialProviders() {
  const values = env();
  const pairs = {
    github: { clientId: values.GITHUB_CLIENT_ID, clientSecret: values.GITHUB_CLIENT_SECRET },
    google: { clientId: values.GOOGLE_CLIENT_ID, clientSecret: values.GOOGLE_CLIENT_SECRET },
  };
  return Object.fromEntries(
    Object.entries(pairs).flatMap(([name, { clientId, clientSecret }]) =>
      clientId && clientSecret ? [[name, { clientId, clientSecret }]] : [],
    ),
  );
}

/** Names of the social providers that are set up, for the sign-in screen. */
export function listSocialProviderNames(): string[] {
  return Object.keys(listSocialProviders());
}

export type Auth = ReturnType<typeof createAuth>;

declare module "@/host/scope" {
  interface Scope {
    auth?: Auth;
  }
}

/** Better Auth on the scope's database, made on first use. */
export function getAuth(): Auth {
  const scope = currentScope();
  scope.auth ??= createAuth();
  return scope.auth;
}
