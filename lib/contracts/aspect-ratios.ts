/** The shapes that can be asked for. Apart from the catalogue, so that a browser that needs these alone loads no more. */
export const ASPECT_RATIOS = [
  "1:1",
  "16:9",
  "9:16",
  "3:2",
  "2:3",
  "1:2",
  "3:4",
  "4:3",
  "4:5",
  "5:4",
  "21:9",
  "9:21",
] as const;
export type AspectRatio = (typeof ASPECT_RATIOS)[number];
