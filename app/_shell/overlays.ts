import { ActivityDrawer } from "@/app/_activity/activity-drawer";
import { ShortcutHelp } from "./shortcut-help";

/** What a key can lay over the page, by its name. */
export const OVERLAYS = { keys: ShortcutHelp, activity: ActivityDrawer };
