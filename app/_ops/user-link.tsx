import { Link } from "@/components/ui/link";

/** A person's id, with the way to their file while they are here: what they were charged for outlives them. */
export function UserLink({ userId, hasAccount }: { userId: string; hasAccount: boolean }) {
  return hasAccount ? (
    <Link href={`/ops/users/${userId}`} className="whitespace-nowrap font-mono text-prussian">
      {userId}
    </Link>
  ) : (
    <code>{userId}</code>
  );
}
