/** What a reader of each language presses and hears in the journeys that are made in both. */
export const WORDS = {
  en: {
    browserLocale: "en-US",
    make: /^Make \d/,
    cancel: "Cancel",
    more: "More",
    delete: "Delete",
    remix: "Use these settings",
    close: "Close (Esc)",
    improve: "Improve",
    useProposal: "Use this",
    otherLanguage: "In Chinese",
    modelChip: /^Model: /,
    countChip: /^How many: /,
    changeAudience: "Change",
    askForReview: "Ask for a review",
    history: {
      label: "Earlier prompts",
      none: "Prompts you have used are kept here",
      noMatch: "None of your prompts has these words.",
    },
  },
  zh: {
    browserLocale: "zh-CN",
    make: /^生成 \d/,
    cancel: "取消",
    more: "更多",
    delete: "删除",
    remix: "使用这些设置",
    close: "关闭（Esc）",
    improve: "润色",
    useProposal: "用这个",
    otherLanguage: "用英文",
    modelChip: /^模型：/,
    countChip: /^张数：/,
    changeAudience: "更改",
    askForReview: "申请复核",
    history: {
      label: "之前的描述",
      none: "用过的描述会留在这里",
      noMatch: "没有包含这些词的描述。",
    },
  },
} as const;

export type Language = keyof typeof WORDS;
