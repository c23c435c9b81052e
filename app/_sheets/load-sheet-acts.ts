export const loadSheetActs = async () => (await import("./sheet-acts")).SHEET_ACTS;

/** Loads them as somebody comes near. Without a network the press itself says so. */
const prepare = () => void loadSheetActs().catch(() => {});
export const NEAR_SHEET_ACTS = { onPointerEnter: prepare, onFocus: prepare };
