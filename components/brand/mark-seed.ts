/** What the house's own print is drawn from. */
export const MARK_SEED = "Sunprint 36";
