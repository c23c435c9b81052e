import "server-only";
import { eraseDuePerson } from "@/db/queries/people";
import { cancelGeneration } from "@/lib/generation/cancel-generation";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";

const PEOPLE_MAX = 20;

/** Erases whoever's day has come; what they still have in the making is stopped first. Answers how many were taken up. */
export async function erasePeople(services: Services): Promise<number> {
  for (let count = 0; count < PEOPLE_MAX; count++) {
    const result = await eraseDuePerson(services.db);
    switch (result.outcome) {
      case "none":
        return count;
      case "stopping":
        await Promise.all(
          result.generationIds.map((generationId) =>
            cancelGeneration(services, { userId: result.userId, generationId }),
          ),
        );
        break;
      case "erased":
        log().info({ userId: result.userId, pictures: result.pictures }, "person.erased");
    }
  }
  return PEOPLE_MAX;
}
