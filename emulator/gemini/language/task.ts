import type { GenerateRequest } from "../read-request.ts";
import { isChinese } from "./translate.ts";

/** What is asked of the model. */
export interface TextTask {
  kind: "translate" | "improve" | "echo" | "chat";
  /** The user's own words, without what the app put around them. */
  text: string;
  from: "zh" | "en";
  to: "zh" | "en";
}

const TRANSLATE = /translat|翻译|译成|译为/i;
const KEEP_LANGUAGE = /(?:do not|don't|never|without)\s+translat|不要翻译|保持原语言/i;
const IMPROVE = /improv|enhanc|expand|rewrit|polish|refin|enrich|改进|优化|润色|改写|扩写|完善/i;
const TO_CHINESE = /(?:into|to|in|answer in)\s+(?:simplified\s+)?chinese|简体中文|译成中文|用中文/i;
const TO_ENGLISH = /(?:into|to|in|answer in)\s+english|译成英文|翻译成英|用英文/i;
const WRAPPED = [
  /<prompt>([\s\S]*?)<\/prompt>/i,
  /"""([\s\S]*?)"""/,
  /```(?:\w+\n)?([\s\S]*?)```/,
  /^(?:prompt|提示词|用户提示词)\s*[:：]\s*([\s\S]+)$/i,
] as const;
const ECHO =
  /(?:reply|respond|answer|say)\s+(?:only\s+)?(?:with\s+)?(?:exactly\s+|only\s+|just\s+)?(?:the\s+(?:single\s+)?(?:word|text)\s*:?\s*)?["“']?([\w-]+)["”']?\.?\s*$/i;

/** Finds out from the instruction and the text what is wanted. */
export function readTask(request: GenerateRequest): TextTask {
  const text = unwrap(request.userText);
  const from = isChinese(text) ? "zh" : "en";
  const instruction = request.systemText === "" ? request.userText : request.systemText;
  const echoed = ECHO.exec(request.userText.trim())?.[1];
  if (request.systemText === "" && echoed !== undefined && request.userText.length < 120) {
    return { kind: "echo", text: echoed, from: "en", to: "en" };
  }
  const isTranslation = TRANSLATE.test(instruction) && !KEEP_LANGUAGE.test(instruction);
  if (isTranslation && (from === "zh" || TO_CHINESE.test(instruction))) {
    return { kind: "translate", text, from, to: TO_CHINESE.test(instruction) && from === "en" ? "zh" : "en" };
  }
  if (IMPROVE.test(instruction) || request.schema !== undefined || request.systemText !== "") {
    return { kind: "improve", text, from, to: languageOf(instruction, from) };
  }
  return { kind: "chat", text, from, to: from };
}

function languageOf(instruction: string, own: "zh" | "en"): "zh" | "en" {
  if (TO_ENGLISH.test(instruction)) {
    return "en";
  }
  return TO_CHINESE.test(instruction) ? "zh" : own;
}

function unwrap(text: string): string {
  for (const pattern of WRAPPED) {
    const inner = pattern.exec(text)?.[1];
    if (inner !== undefined && inner.trim() !== "") {
      return inner.trim();
    }
  }
  return text.trim();
}
