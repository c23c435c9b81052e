/** Numbers with their measure words. */
export const QUANTITIES = `
一只=a 一个=a 一位=a 一名=a 一条=a 一座=a 一棵=a 一株=a 一朵=a 一片=a 一艘=a 一辆=a 一匹=a 一头=a 一幅=a 一张=a 一间=a 一栋=a 一把=a 一本=a 一盏=a 一颗=a 一轮=a 一道=a 一叶=a 一架=a 一列=a 一双=a pair of 一对=a pair of 一群=a group of 一队=a line of 一束=a bouquet of 一杯=a cup of 一壶=a pot of 一碗=a bowl of 一盘=a plate of 一瓶=a bottle of 一排=a row of 一些=some 几只=several 几个=several 几朵=several 几棵=several 几艘=several 几片=several 两只=two 两个=two 两位=two 两人=two people 两朵=two 两棵=two 两艘=two 三只=three 三个=three 三位=three 三朵=three 三棵=three 四个=four 四只=four 五个=five 五只=five 十个=ten 一=a 两=two 三=three 四=four 五=five 无数的=countless 数不清的=countless
`;
/** Words that stand after a place in Chinese and before it in English. */
export const PLACES = `
上=on 之上=above 上面=on 上方=above 上空=above 下=under 之下=under 下面=below 脚下=at the foot of 里=in 里面=inside 中=in 之中=amid 中间=in the middle of 中央=in the centre of 内=inside 外=outside 外面=outside 旁=beside 旁边=beside 边=beside 边上=beside 身边=beside 前=in front of 面前=in front of 前面=in front of 后=behind 背后=behind 后面=behind 之间=between 间=between 对面=opposite 周围=around 四周=around 深处=deep in 尽头=at the end of
`;
/** Prepositions that begin a place. */
export const BEFORE_PLACES =
  "在=at 于=at 从=from 向=towards 朝=towards 沿着=along 沿=along 靠着=leaning against 对着=facing 面对=facing 透过=through";
/** Joins, and words that carry nothing into a prompt. */
export const JOINS = "和=and 与=and 及=and 以及=and 跟=and 同=and 或=or 还有=and";
export const EMPTY_WORDS =
  "了= 着= 过= 地= 得= 们= 是= 很= 非常= 十分= 特别= 极其= 正在= 正= 都= 也= 就= 被= 把= 给= 让= 请= 一下= 那= 这= 其= 所= 而= 并= 并且= 以= 为= 之= 地方= 时= 时候= 时分= 一样= 般= 似的= 看起来= 显得= 整个= 整体= 呈现出= 呈现= 带有= 具有= 采用= 使用=";
/** Words that say that something is there: what follows comes first in English. */
export const EXISTENCE =
  "有=with 带着=with 配以=with 伴随=with 伴着=with 点缀着=dotted with 布满=covered with";
