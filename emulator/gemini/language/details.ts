import type { SceneName } from "../../pictures/brief.ts";

/** Something a photographer or painter would add, in both languages; without scenes it suits any. */
export interface Detail {
  kind: "light" | "composition" | "texture" | "mood";
  en: string;
  zh: string;
  scenes?: readonly SceneName[];
}

const LAND: readonly SceneName[] = [
  "mountains",
  "lake",
  "sea",
  "dunes",
  "field",
  "forest",
  "bamboo",
  "night-sky",
];
const WATER: readonly SceneName[] = ["lake", "sea", "lotus", "underwater"];
const PLANTS: readonly SceneName[] = ["flower", "blossom", "botanical", "lotus"];
const INSIDE: readonly SceneName[] = ["interior"];
const TOWN: readonly SceneName[] = ["city", "arches"];
const FACES: readonly SceneName[] = ["portrait"];

/** What the model knows how to add. */
export const DETAILS: readonly Detail[] = [
  { kind: "light", en: "soft natural light", zh: "柔和的自然光" },
  { kind: "light", en: "gentle backlight with a thin rim of brightness", zh: "轻柔逆光,边缘泛着一线亮光" },
  { kind: "light", en: "diffused light from an overcast sky", zh: "阴天的漫射光" },
  {
    kind: "light",
    en: "low golden sunlight raking across the land",
    zh: "低角度的金色阳光斜照大地",
    scenes: LAND,
  },
  {
    kind: "light",
    en: "first light catching the highest ridges",
    zh: "晨光照亮最高的山脊",
    scenes: ["mountains", "lake"],
  },
  { kind: "light", en: "light scattered by drifting mist", zh: "光线在流动的薄雾中散开", scenes: LAND },
  {
    kind: "light",
    en: "shafts of light falling between the trunks",
    zh: "光束从树干之间洒落",
    scenes: ["forest", "bamboo"],
  },
  { kind: "light", en: "silver light trembling on the water", zh: "水面上银光粼粼", scenes: WATER },
  {
    kind: "light",
    en: "window light from the left, long soft shadows",
    zh: "左侧窗光,柔长的影子",
    scenes: INSIDE,
  },
  {
    kind: "light",
    en: "street lamps and neon reflected on wet ground",
    zh: "路灯与霓虹映在湿润的地面",
    scenes: TOWN,
  },
  {
    kind: "light",
    en: "Rembrandt lighting with a quiet catchlight in the eyes",
    zh: "伦勃朗光,眼中有一点静静的高光",
    scenes: FACES,
  },
  { kind: "light", en: "translucent petals lit from behind", zh: "花瓣被逆光照得透亮", scenes: PLANTS },
  { kind: "composition", en: "balanced composition with generous negative space", zh: "构图均衡,留白充足" },
  {
    kind: "composition",
    en: "the subject slightly off centre, following the rule of thirds",
    zh: "主体略偏离中心,遵循三分法",
  },
  {
    kind: "composition",
    en: "clear foreground, middle ground and background",
    zh: "前景、中景、远景层次分明",
    scenes: LAND,
  },
  {
    kind: "composition",
    en: "layered ridges receding into the distance",
    zh: "层层山脊向远方淡去",
    scenes: ["mountains", "lake"],
  },
  {
    kind: "composition",
    en: "a low horizon under a wide sky",
    zh: "低地平线,天空辽阔",
    scenes: ["sea", "dunes", "field", "night-sky"],
  },
  {
    kind: "composition",
    en: "a path leading the eye into the picture",
    zh: "一条小径将视线引入画面",
    scenes: ["forest", "bamboo", "field"],
  },
  {
    kind: "composition",
    en: "symmetrical reflection across the waterline",
    zh: "以水线为界的对称倒影",
    scenes: ["lake"],
  },
  {
    kind: "composition",
    en: "close-up with shallow depth of field",
    zh: "近景特写,浅景深",
    scenes: [...PLANTS, ...FACES],
  },
  {
    kind: "composition",
    en: "strong leading lines and clean geometry",
    zh: "引导线鲜明,几何感干净",
    scenes: TOWN,
  },
  { kind: "composition", en: "a quiet still life on a wooden table", zh: "木桌上安静的静物", scenes: INSIDE },
  {
    kind: "composition",
    en: "head and shoulders, an 85mm lens at f/1.8",
    zh: "头肩构图,85mm 镜头,f/1.8",
    scenes: FACES,
  },
  { kind: "texture", en: "fine film grain", zh: "细腻的胶片颗粒" },
  { kind: "texture", en: "crisp detail where it matters, softness elsewhere", zh: "重点细节锐利,其余柔和" },
  { kind: "texture", en: "subtle colour gradation", zh: "细微的色彩过渡" },
  {
    kind: "texture",
    en: "weathered rock and wind-combed grass",
    zh: "风化的岩石与被风梳过的草",
    scenes: ["mountains", "field"],
  },
  {
    kind: "texture",
    en: "ripples and wet stones in the foreground",
    zh: "前景有涟漪和湿润的石头",
    scenes: WATER,
  },
  { kind: "texture", en: "wind-carved ripples in the sand", zh: "风刻出的沙纹", scenes: ["dunes"] },
  {
    kind: "texture",
    en: "bark, moss and ferns in fine detail",
    zh: "树皮、青苔与蕨类细节清晰",
    scenes: ["forest", "bamboo"],
  },
  { kind: "texture", en: "dewdrops on the petals", zh: "花瓣上缀着露珠", scenes: PLANTS },
  {
    kind: "texture",
    en: "glazed ceramic, linen and worn wood",
    zh: "釉面陶瓷、亚麻与旧木的质感",
    scenes: INSIDE,
  },
  {
    kind: "texture",
    en: "concrete, glass and brushed steel",
    zh: "混凝土、玻璃与拉丝钢的质感",
    scenes: TOWN,
  },
  {
    kind: "texture",
    en: "natural skin texture and loose strands of hair",
    zh: "自然的皮肤质感,几缕散落的发丝",
    scenes: FACES,
  },
  { kind: "mood", en: "a calm, contemplative mood", zh: "宁静而沉思的氛围" },
  { kind: "mood", en: "muted, harmonious colours", zh: "色彩克制而和谐" },
  { kind: "mood", en: "a sense of stillness just before something begins", zh: "仿佛万物将醒未醒的静谧" },
  { kind: "mood", en: "vast and silent", zh: "辽阔而寂静", scenes: LAND },
  { kind: "mood", en: "fresh air after the rain", zh: "雨后空气清新", scenes: [...LAND, ...PLANTS] },
  { kind: "mood", en: "the hum of a city winding down", zh: "城市渐渐安静下来的气息", scenes: TOWN },
  { kind: "mood", en: "an unhurried afternoon", zh: "不慌不忙的午后", scenes: INSIDE },
  { kind: "mood", en: "thoughtful, unposed expression", zh: "若有所思、不刻意的神情", scenes: FACES },
];
