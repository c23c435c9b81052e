import { favourSheet } from "./favour-sheet";
import { SheetMenuItems } from "./sheet-menu-items";
import { cancelTask, reuseSettings } from "./task-actions";

/** What a sheet's actions need once somebody comes near them. */
export const SHEET_ACTS = {
  Menu: SheetMenuItems,
  favour: favourSheet,
  reuse: reuseSettings,
  cancel: cancelTask,
};
