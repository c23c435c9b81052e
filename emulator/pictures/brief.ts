import { type Tag, WORDS } from "./words.ts";

/** The compositions there are. */
export const SCENES = [
  "mountains",
  "lake",
  "sea",
  "dunes",
  "forest",
  "bamboo",
  "field",
  "city",
  "night-sky",
  "space",
  "botanical",
  "blossom",
  "lotus",
  "flower",
  "portrait",
  "interior",
  "arches",
  "abstract",
  "underwater",
  "greenhouse",
  "specimen",
] as const;
export type SceneName = (typeof SCENES)[number];

/** The light and air of a picture. */
export const MOODS = [
  "dawn",
  "day",
  "golden",
  "sunset",
  "blue-hour",
  "night",
  "overcast",
  "autumn",
  "spring",
  "snow",
  "pastel",
  "neon",
] as const;
export type MoodName = (typeof MOODS)[number];

/** What a prompt asks for, as a painter would note it down. */
export interface Brief {
  scene: SceneName;
  mood: MoodName;
  tags: ReadonlySet<Tag>;
}

interface Matcher {
  tag: Tag;
  english: RegExp;
  chinese: RegExp;
}

const MATCHERS: readonly Matcher[] = WORDS.map(([tag, english, chinese]) => ({
  tag,
  english: new RegExp(`(?<![a-z])(?:${english})(?![a-z])`, "i"),
  chinese: new RegExp(chinese),
}));

/** The tags a prompt's words carry. */
export function tagsOf(prompt: string): Set<Tag> {
  const tags = new Set<Tag>();
  for (const { tag, english, chinese } of MATCHERS) {
    if (english.test(prompt) || chinese.test(prompt)) {
      tags.add(tag);
    }
  }
  return tags;
}

// The first whose tag is there wins; the more particular a wish, the earlier it comes.
const SCENE_ORDER: readonly (readonly [Tag, SceneName])[] = [
  ["underwater", "underwater"],
  ["space", "space"],
  ["portrait", "portrait"],
  ["greenhouse", "greenhouse"],
  ["butterfly", "specimen"],
  ["lotus", "lotus"],
  ["dragon", "mountains"],
  ["bamboo", "bamboo"],
  ["blossom", "blossom"],
  ["aurora", "night-sky"],
  ["stars", "night-sky"],
  ["lavender", "field"],
  ["terrace", "field"],
  ["desert", "dunes"],
  ["city", "city"],
  ["neon", "city"],
  ["street", "city"],
  ["arch", "arches"],
  ["kettle", "interior"],
  ["cabin", "field"],
  ["still", "interior"],
  ["interior", "interior"],
  ["whale", "sea"],
  ["lighthouse", "sea"],
  ["lake", "lake"],
  ["sea", "sea"],
  ["beach", "sea"],
  ["island", "sea"],
  ["wave", "sea"],
  ["fish", "underwater"],
  ["peak", "mountains"],
  ["forest", "forest"],
  ["deer", "forest"],
  ["fox", "forest"],
  ["bear", "forest"],
  ["mountain", "mountains"],
  ["field", "field"],
  ["flower", "flower"],
  ["botanical", "botanical"],
  ["abstract", "abstract"],
  ["cyanotype", "botanical"],
  ["temple", "mountains"],
  ["waterfall", "forest"],
  ["boat", "lake"],
  ["ink", "mountains"],
  ["snow", "mountains"],
  ["cloud", "mountains"],
  ["mist", "mountains"],
  ["tree", "field"],
  ["balloon", "field"],
  ["road", "field"],
  ["bridge", "lake"],
  ["train", "field"],
  ["cat", "interior"],
  ["dog", "field"],
  ["horse", "field"],
  ["rabbit", "field"],
  ["bird", "lake"],
  ["robot", "city"],
  ["car", "city"],
  ["person", "field"],
  ["lantern", "night-sky"],
  ["minimal", "dunes"],
  ["moon", "sea"],
  ["rain", "city"],
];

const SCENES_FOR_ANYTHING: readonly SceneName[] = ["mountains", "lake", "dunes", "sea", "botanical", "field"];

const MOOD_ORDER: readonly (readonly [Tag, MoodName])[] = [
  ["neon", "neon"],
  ["aurora", "night"],
  ["blue-hour", "blue-hour"],
  ["night", "night"],
  ["stars", "night"],
  ["lantern", "night"],
  ["sunset", "sunset"],
  ["golden", "golden"],
  ["dawn", "dawn"],
  ["moon", "night"],
  ["autumn", "autumn"],
  ["pastel", "pastel"],
  ["snow", "snow"],
  ["winter", "snow"],
  ["storm", "overcast"],
  ["rain", "overcast"],
  ["spring", "spring"],
  ["blossom", "spring"],
  ["day", "day"],
  ["summer", "day"],
  ["mist", "dawn"],
  ["sun", "golden"],
  ["cloud", "day"],
  ["green", "day"],
  ["blue", "blue-hour"],
  ["teal", "day"],
  ["red", "sunset"],
  ["orange", "sunset"],
  ["gold", "golden"],
  ["yellow", "golden"],
  ["purple", "blue-hour"],
  ["pink", "pastel"],
  ["white", "snow"],
  ["black", "night"],
];

const MOODS_FOR_ANYTHING: readonly MoodName[] = ["dawn", "golden", "blue-hour", "day", "sunset", "overcast"];

// Where the light is part of the subject, not any will do.
const MOODS_FOR_SCENE: Partial<Record<SceneName, readonly MoodName[]>> = {
  flower: ["day", "spring", "golden", "overcast"],
  lotus: ["dawn", "day", "overcast"],
  blossom: ["spring", "pastel", "day"],
  bamboo: ["day", "spring", "dawn"],
  forest: ["dawn", "golden", "day", "overcast"],
  city: ["blue-hour", "sunset", "night", "dawn"],
  interior: ["golden", "dawn", "overcast", "day"],
  portrait: ["golden", "blue-hour", "dawn", "sunset"],
  underwater: ["day", "blue-hour"],
  greenhouse: ["dawn", "day", "golden"],
  arches: ["day", "golden", "sunset", "dawn"],
};

/** Reads a prompt; where its words leave something open, the chance (0 to 1) decides. */
export function readBrief(prompt: string, chance: () => number): Brief {
  const tags = tagsOf(prompt);
  const scene = SCENE_ORDER.find(([tag]) => tags.has(tag))?.[1] ?? pick(SCENES_FOR_ANYTHING, chance());
  const mood =
    MOOD_ORDER.find(([tag]) => tags.has(tag))?.[1] ??
    pick(MOODS_FOR_SCENE[scene] ?? MOODS_FOR_ANYTHING, chance());
  return { scene, mood, tags };
}

function pick<T>(choices: readonly T[], part: number): T {
  const choice = choices[Math.min(choices.length - 1, Math.floor(part * choices.length))];
  if (choice === undefined) {
    throw new Error("nothing to choose from");
  }
  return choice;
}
