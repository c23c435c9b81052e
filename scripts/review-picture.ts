import { decideReview } from "@/db/queries/moderation";
import { readCommandLine } from "./command-line";
import { actAsOperator } from "./operator";

const USAGE = `Lets a public picture into Explore, or keeps it out, also one that was decided before. Its owner reads the reason.
  npm run ops:review-picture -- img_01jd8x… --approve
  npm run ops:review-picture -- img_01jd8x… --reject "A real person, undressed"`;

const { positionals, values } = readCommandLine(USAGE, {
  allowPositionals: true,
  options: { approve: { type: "boolean" }, reject: { type: "boolean" } },
});

await actAsOperator(USAGE, async (db, actor) => {
  const [imageId, written] = positionals;
  const isApproved = Boolean(values.approve);
  const reason = written ?? (isApproved ? "approved" : undefined);
  if (!imageId || isApproved === Boolean(values.reject) || !reason) {
    return null;
  }
  const decision = isApproved ? "approved" : "rejected";
  const { outcome } = await decideReview(db, { imageId, decision, actor, reason, isRevision: true });
  switch (outcome) {
    case "not_public":
      return `${imageId} is no public picture.`;
    case "already":
      return `${imageId} was ${decision} already.`;
    default:
      return `${imageId} is ${outcome}.`;
  }
});
