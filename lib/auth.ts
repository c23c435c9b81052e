import "server-only";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError } from "better-auth/api";
import { getDb } from "@/db/client";
import { openWallet } from "@/db/queries/credits";
import { authAccounts, authRateLimits, sessions, users, verifications } from "@/db/schema";
import { env, isSiteLocal } from "@/env.mjs";
import { currentScope } from "@/host/scope";
import { newId } from "./ids";
import { findPause } from "./operators/find-pause";

const PASSWORD_LENGTH_MIN = 8;
/** For so long a read may trust the signed cookie without asking the database; writes that cost money never do. */
const COOKIE_CACHE_SECONDS = 60;

function createAuth() {
  const values = env();
  const { count: max, seconds: window } = values.RATE_LIMIT_AUTH;
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
    emailAndPassword: { enabled: true, minPasswordLength: PASSWORD_LENGTH_MIN, autoSignIn: true },
    socialProviders: listSocialProviders(),
    user: { additionalFields: { role: { type: "string", input: false, defaultValue: "user" } } },
    session: { cookieCache: { enabled: true, maxAge: COOKIE_CACHE_SECONDS } },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 300,
      customRules: { "/sign-in/*": { window, max }, "/sign-up/*": { window, max } },
    },
    advanced: { cookiePrefix: "sunprint", database: { generateId: () => newId("user") } },
    telemetry: { enabled: false },
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
