/** Sheets of a first page: with four pictures each, fewer tiles than a browser notices. */
export const TASK_PAGE_SIZE = 12;
