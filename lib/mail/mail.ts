import "server-only";

/** One letter, twice the same: as text, and as it looks. */
export type Mail = { to: string; subject: string; text: string; html: string };

/** Hands a letter over; throws when nobody took it. */
export type SendMail = (mail: Mail) => Promise<void>;
