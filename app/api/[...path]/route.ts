import { AppError } from "@/lib/errors";
import { route } from "@/lib/http/route";

/** Programs get the envelope for an address that does not exist, too. */
const answer = route({ auth: "anybody" }, async () => {
  throw new AppError("not_found", "no such route");
});

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
