import { favourSheet } from "./favour-sheet";
import { SheetMenuItems } from "./sheet-menu-items";

/** What a sheet's actions need once somebody comes near them. */
export const SHEET_ACTS = { Menu: SheetMenuItems, favour: favourSheet };
