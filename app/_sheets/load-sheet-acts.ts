export const loadSheetActs = async () => (await import("./sheet-acts")).SHEET_ACTS;
