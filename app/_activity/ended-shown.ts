/** So many of what has ended are listed in the activity; the library has them all. */
export const ENDED_SHOWN = 50;
