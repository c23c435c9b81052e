/** What the words of a prompt can ask a picture for. */
export type Tag =
  | "mountain"
  | "peak"
  | "lake"
  | "sea"
  | "beach"
  | "island"
  | "wave"
  | "desert"
  | "forest"
  | "bamboo"
  | "field"
  | "terrace"
  | "lavender"
  | "city"
  | "street"
  | "stars"
  | "aurora"
  | "space"
  | "botanical"
  | "flower"
  | "blossom"
  | "lotus"
  | "portrait"
  | "cat"
  | "dog"
  | "deer"
  | "bird"
  | "whale"
  | "fish"
  | "horse"
  | "fox"
  | "bear"
  | "rabbit"
  | "interior"
  | "still"
  | "arch"
  | "temple"
  | "cabin"
  | "abstract"
  | "underwater"
  | "waterfall"
  | "road"
  | "boat"
  | "lighthouse"
  | "balloon"
  | "tree"
  | "person"
  | "lantern"
  | "bridge"
  | "car"
  | "train"
  | "dragon"
  | "robot"
  | "sun"
  | "moon"
  | "cloud"
  | "mist"
  | "snow"
  | "rain"
  | "storm"
  | "dawn"
  | "day"
  | "golden"
  | "sunset"
  | "blue-hour"
  | "night"
  | "spring"
  | "summer"
  | "autumn"
  | "winter"
  | "ink"
  | "cyanotype"
  | "watercolour"
  | "mono"
  | "film"
  | "pastel"
  | "neon"
  | "minimal"
  | "oil"
  | "red"
  | "orange"
  | "yellow"
  | "green"
  | "teal"
  | "blue"
  | "purple"
  | "pink"
  | "white"
  | "black"
  | "gold"
  | "greenhouse"
  | "butterfly"
  | "kettle"
  | "asleep";

/**
 * English words (whole, with a plural) and Chinese ones (anywhere) for each tag. Longer Chinese words come
 * with the shorter ones they contain: a "snow mountain" is both.
 */
export const WORDS: readonly (readonly [tag: Tag, english: string, chinese: string])[] = [
  [
    "mountain",
    "mountain|mountains|alps|alpine|ridge|cliff|canyon|valley|highland|himalaya|yosemite",
    "山|峰|岭|峡谷|悬崖",
  ],
  ["peak", "fuji|volcano|peak|summit|matterhorn|everest", "富士|火山|主峰|顶峰|山顶"],
  ["lake", "lake|reflection|reflections|pond|river|creek|fjord|stream|mirror", "湖|河|江|溪|倒影|池塘|泉"],
  [
    "sea",
    "sea|ocean|sailor|captain|seascape|coast|coastline|harbor|harbour|horizon|bay|sailing",
    "水手|船长|(?<![云花上竹林人])海(?!报|棠)|洋|港",
  ],
  ["beach", "beach|shore|sand beach|tropical", "沙滩|海滩|岸"],
  ["island", "island|islands|archipelago", "岛"],
  ["wave", "wave|waves|surf|tsunami", "浪|波涛|潮"],
  ["desert", "desert|dune|dunes|sahara|sand|mars", "沙漠|沙丘|戈壁|大漠"],
  [
    "forest",
    "forest|woods|woodland|jungle|rainforest|pine|pines|redwood|sequoia|birch",
    "森林|树林|丛林|松|杉|林间|密林|雨林",
  ],
  ["bamboo", "bamboo", "竹"],
  [
    "field",
    "field|fields|hill|hills|hillside|meadow|grassland|prairie|countryside|farm|farmland|wheat|garden|vineyard|pasture|grass",
    "田|草原|草地|麦|花海|牧场|乡村|花园|原野|丘陵",
  ],
  [
    "terrace",
    "terrace|terraces|terraced|tea field|tea fields|paddy|rice field|rice fields|tea plantation",
    "梯田|稻|茶园",
  ],
  ["lavender", "lavender|provence|heather", "薰衣草"],
  [
    "city",
    "city|skyline|skyscraper|skyscrapers|urban|downtown|metropolis|tokyo|shanghai|hong kong|new york|manhattan|paris|london|cityscape|building|buildings|rooftop|rooftops",
    "城市|都市|高楼|摩天|上海|东京|香港|纽约|北京|天际线|大厦|(?<![长古])城(?!堡)",
  ],
  ["street", "street|alley|market|road at night|crosswalk|subway", "街|巷|胡同|夜市|路口|地铁"],
  ["stars", "star|stars|starry|milky way|galaxy|night sky|constellation|meteor|cosmos", "星|银河|流星|夜空"],
  ["aurora", "aurora|northern lights|polar lights", "极光"],
  [
    "space",
    "space|planet|planets|astronaut|spaceship|nebula|saturn|orbit|rocket|sci-fi|universe|satellite",
    "宇宙|太空|星球|行星|宇航|飞船|火箭|土星",
  ],
  [
    "botanical",
    "botanical|ivy|vine|vines|overgrown|fern|ferns|leaf|leaves|herbarium|plant|plants|monstera|ginkgo|eucalyptus|foliage|herb|mushroom|mushrooms",
    "常春藤|藤|植物|叶|蕨|银杏|标本|草药|蘑菇",
  ],
  [
    "flower",
    "flower|flowers|floral|rose|roses|tulip|tulips|peony|peonies|sunflower|sunflowers|poppy|poppies|bouquet|dahlia|orchid|iris|daisy|daisies|hydrangea",
    "(?<![雪火浪水烟])花(?!海|田|园|纹)|玫瑰|牡丹|郁金香|向日葵|兰|菊|百合|绣球",
  ],
  ["blossom", "blossom|blossoms|sakura|cherry|plum|magnolia|petals", "樱|梅|桃花|杏花|玉兰|海棠"],
  ["lotus", "lotus|water lily|water lilies|lily pads", "荷|莲"],
  ["portrait", "portrait|face|headshot|profile|model", "人像|肖像|头像|面孔|脸|侧脸"],
  [
    "person",
    "woman|man|girl|boy|person|child|traveler|traveller|hiker|wanderer|samurai|monk|lady|couple|old man|fisherman|dancer|figure|silhouette|people|warrior|princess",
    "女孩|男孩|少女|少年|女人|男人|老人|小孩|孩子|旅人|行人|僧|武士|渔夫|舞者|人物|女子|男子|姑娘|仙女|公主|侠客",
  ],
  ["cat", "cat|cats|kitten|kitty", "猫"],
  ["dog", "dog|dogs|puppy|corgi|husky|shiba|retriever", "狗|犬|柯基|柴"],
  ["deer", "deer|stag|elk|reindeer|moose|antelope", "鹿|羚"],
  [
    "bird",
    "bird|birds|crane|cranes|heron|egret|owl|eagle|swan|seagull|gull|goose|geese|swallow|sparrow|crow|flamingo|hummingbird|phoenix",
    "鸟|鹤|鹰|燕|雁|天鹅|鸥|凤凰|孔雀|雀",
  ],
  ["whale", "whale|whales|dolphin|orca", "鲸|海豚"],
  ["fish", "fish|koi|goldfish|carp|shark|turtle", "鱼|锦鲤|鲤|鲨|龟"],
  ["horse", "horse|horses|stallion|unicorn", "马"],
  ["fox", "fox|wolf|foxes|wolves|coyote", "狐|狼"],
  ["bear", "bear|bears|panda|pandas|polar bear", "熊|熊猫"],
  ["rabbit", "rabbit|bunny|hare", "兔"],
  [
    "interior",
    "interior|room|bedroom|living room|window|windowsill|studio|kitchen|cafe|library|office|curtain|sofa|chair|desk",
    "房间|室内|窗|卧室|客厅|书房|咖啡馆|厨房|图书馆|桌",
  ],
  [
    "still",
    "still life|vase|coffee|tea|cup|teapot|book|books|fruit|lemon|apple|pear|candle|bottle|perfume|product|ceramic|pottery|food|bread|cake|table|camera|watch|shoes",
    "静物|花瓶|咖啡|茶|杯|书|水果|柠檬|苹果|梨|蜡烛|瓶|香水|产品|陶瓷|瓷|食物|面包|蛋糕|相机|手表",
  ],
  [
    "arch",
    "architecture|arch|arches|stairs|staircase|brutalist|museum|monument|concrete|column|columns|modernist|villa|geometry|corridor",
    "建筑|拱门|楼梯|台阶|博物馆|走廊|柱",
  ],
  [
    "temple",
    "temple|pagoda|shrine|torii|palace|castle|forbidden city|monastery|pavilion|great wall|tower",
    "寺|庙|塔|宫|亭|阁|长城|城堡|古镇|牌坊|古建",
  ],
  [
    "cabin",
    "cabin|roof|cottage|house|hut|barn|farmhouse|village|treehouse|home",
    "屋顶|小屋|木屋|房子|村|农舍|茅",
  ],
  [
    "abstract",
    "abstract|pattern|fluid|marble|geometric|texture|gradient|fractal|psychedelic|swirl|swirls|smoke|liquid|shapes|wallpaper|logo",
    "抽象|图案|流体|几何|纹理|渐变|烟雾|漩涡",
  ],
  ["underwater", "underwater|coral|reef|jellyfish|deep sea|seabed|atlantis", "海底|水下|水母|珊瑚|深海"],
  ["waterfall", "waterfall|waterfalls|cascade", "瀑布"],
  ["road", "road|path|trail|highway|railway", "路|小径|公路|铁路"],
  ["boat", "boat|boats|sailboat|ship|ships|canoe|kayak|gondola|fishing boat|yacht", "船|舟|帆|渔船|孤舟"],
  ["lighthouse", "lighthouse", "灯塔"],
  ["balloon", "balloon|balloons|hot air balloon|airship", "热气球|气球|飞艇"],
  ["tree", "tree|trees|oak|willow|maple|cypress|lone tree|bonsai", "树|枫|柳|柏"],
  ["lantern", "lantern|lanterns|festival|sky lantern", "灯笼|孔明灯|天灯|元宵|花灯"],
  ["bridge", "bridge|golden gate|aqueduct", "桥"],
  ["car", "car|cars|van|truck|motorcycle", "汽车|车|摩托"],
  ["train", "train|locomotive|tram", "火车|列车|电车"],
  ["dragon", "dragon|dragons", "龙"],
  ["robot", "robot|cyborg|android|mecha", "机器人|机甲"],
  ["sun", "sun|sunlight|sunny|sunbeam|sunbeams|sunrays", "太阳|阳光|日光|烈日"],
  ["moon", "moon|moonlight|moonlit|moonrise|full moon|crescent", "(?<![一二三四五六七八九十个岁])月"],
  ["cloud", "cloud|clouds|cloudy|overcast|cumulus", "云"],
  ["mist", "mist|misty|fog|foggy|haze|hazy|cloud sea|sea of clouds", "雾|烟雨|薄霭|云海|朦胧|缭绕"],
  [
    "snow",
    "snow|snowy|snowfall|snowfield|blizzard|glacier|iceberg|ice|frozen|frost|arctic|antarctica",
    "雪|冰|霜|极地",
  ],
  ["rain", "rain|rainy|drizzle|wet|umbrella|puddle|puddles", "雨|湿|伞"],
  ["storm", "storm|stormy|thunder|lightning|tempest|dramatic sky", "暴风|雷|闪电|风暴|乌云"],
  ["dawn", "dawn|sunrise|morning|daybreak|early light", "黎明|日出|清晨|早晨|晨|拂晓|破晓"],
  ["day", "day|noon|daylight|midday|blue sky|clear sky|bright", "白天|正午|晴|蓝天|白昼"],
  ["golden", "golden hour|golden|warm light|late afternoon|honey", "黄金时刻|金色|暖光|午后|金黄"],
  ["sunset", "sunset|dusk|evening|afterglow|red sky", "日落|夕阳|黄昏|晚霞|傍晚|落日|暮"],
  ["blue-hour", "blue hour|twilight|gloaming", "蓝调|暮色|薄暮|微光"],
  ["night", "night|midnight|nocturnal|dark|nighttime|at night", "夜|深夜|午夜|黑暗"],
  ["spring", "spring|springtime", "春"],
  ["summer", "summer", "夏"],
  ["autumn", "autumn|fall|autumnal|maple|october|november|harvest", "秋|枫|红叶|落叶"],
  ["winter", "winter|christmas|december", "冬|圣诞"],
  [
    "ink",
    "ink|ink wash|sumi|sumi-e|calligraphy|shan shui|chinese painting|brush painting",
    "水墨|国画|写意|山水画|墨|泼墨|工笔|宣纸",
  ],
  ["cyanotype", "cyanotype|blueprint|sun print|sunprint|anna atkins", "蓝晒|蓝图|氰版"],
  ["watercolour", "watercolor|watercolour|aquarelle|gouache", "水彩"],
  ["mono", "black and white|monochrome|b&w|grayscale|noir|ansel adams", "黑白|单色"],
  ["film", "film|kodak|portra|35mm|analog|analogue|polaroid|vintage|retro|fujifilm", "胶片|复古|拍立得|怀旧"],
  ["pastel", "pastel|pastels|soft colors|dreamy|kawaii|ghibli|anime", "粉彩|柔和|梦幻|童话|动漫|吉卜力"],
  ["neon", "neon|cyberpunk|synthwave|vaporwave|futuristic|blade runner|holographic", "霓虹|赛博|未来|蒸汽波"],
  ["minimal", "minimal|minimalist|minimalism|simple|clean|negative space|zen", "极简|简约|留白|禅"],
  ["oil", "oil painting|impasto|impressionist|van gogh|monet|painterly|acrylic", "油画|印象派|梵高|莫奈"],
  ["red", "red|crimson|scarlet|vermilion", "红|朱"],
  ["orange", "orange|amber|copper", "橙|琥珀|橘"],
  ["yellow", "yellow|lemon", "黄"],
  ["green", "green|emerald|jade|moss|mossy", "绿|翠|碧|青苔|翡翠"],
  ["teal", "teal|turquoise|cyan|aqua", "青|湖蓝"],
  ["blue", "blue|azure|indigo|cobalt|prussian", "蓝|靛"],
  ["purple", "purple|violet|lilac|magenta", "紫"],
  ["pink", "pink|rose gold|blush", "粉"],
  ["white", "white|ivory|porcelain", "白"],
  ["black", "black|ebony|obsidian", "黑"],
  ["gold", "gold|gilded|brass", "金"],
  ["greenhouse", "greenhouse|glasshouse|conservatory|orangery", "温室|玻璃房"],
  ["butterfly", "butterfly|butterflies|moth|moths|dragonfly|beetle", "蝴蝶|蛾|蜻蜓|昆虫|甲虫"],
  ["kettle", "kettle|teapot", "水壶|茶壶"],
  ["asleep", "asleep|sleeping|sleep|curled up|napping", "睡|打盹|酣眠"],
];
