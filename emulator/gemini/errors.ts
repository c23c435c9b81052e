import type { JsonObject } from "../core/json.ts";
import { jsonReply, type Reply } from "../core/reply.ts";

const TYPE = "type.googleapis.com/google.rpc.";

/** An error in Google's shape: `error` is an object with code, message, status and typed details. */
export function googleError(
  code: number,
  status: string,
  message: string,
  details: JsonObject[] = [],
): Reply {
  const error: JsonObject = { code, message, status };
  if (details.length > 0) {
    error.details = details;
  }
  return jsonReply(code, { error }, { "content-type": "application/json; charset=UTF-8" });
}

/** 400 for a request that does not fit, with the field in question when there is one. */
export function invalidArgument(message: string, field?: string): Reply {
  const details: JsonObject[] =
    field === undefined
      ? []
      : [{ "@type": `${TYPE}BadRequest`, fieldViolations: [{ field, description: message }] }];
  return googleError(400, "INVALID_ARGUMENT", message, details);
}

/** 400 for a key Google does not know. */
export function invalidKey(): Reply {
  const message = "API key not valid. Please pass a valid API key.";
  return googleError(400, "INVALID_ARGUMENT", message, [
    {
      "@type": `${TYPE}ErrorInfo`,
      reason: "API_KEY_INVALID",
      domain: "googleapis.com",
      metadata: { service: "generativelanguage.googleapis.com" },
    },
    { "@type": `${TYPE}LocalizedMessage`, locale: "en-US", message },
  ]);
}

/** 403 for a request without any key. */
export function missingKey(): Reply {
  return googleError(
    403,
    "PERMISSION_DENIED",
    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
  );
}

/** 404 as recorded for a model that this API version does not have. */
export function modelNotFound(model: string, version: string, method: string): Reply {
  return googleError(
    404,
    "NOT_FOUND",
    `models/${model} is not found for API version ${version}, or is not supported for ${method}. Call ListModels to see the list of available models and their supported methods.`,
  );
}

/**
 * 429 with its details: which quota, a link, and how long to wait. A quota by day does not get better
 * by waiting; RetryInfo is sometimes missing.
 */
export function quotaExhausted(options: {
  model: string;
  perDay: boolean;
  retrySeconds: number | undefined;
}): Reply {
  const { model, perDay, retrySeconds } = options;
  const quotaId = perDay
    ? "GenerateRequestsPerDayPerProjectPerModel"
    : "GenerateRequestsPerMinutePerProjectPerModel";
  const wait = retrySeconds === undefined ? "" : `\nPlease retry in ${retrySeconds}s.`;
  const details: JsonObject[] = [
    {
      "@type": `${TYPE}QuotaFailure`,
      violations: [
        {
          quotaMetric: "generativelanguage.googleapis.com/generate_content_paid_tier_requests",
          quotaId,
          quotaDimensions: { location: "global", model },
          quotaValue: perDay ? "1500" : "15",
        },
      ],
    },
    {
      "@type": `${TYPE}Help`,
      links: [
        {
          description: "Learn more about Gemini API quotas",
          url: "https://ai.google.dev/gemini-api/docs/rate-limits",
        },
      ],
    },
  ];
  if (retrySeconds !== undefined) {
    details.push({ "@type": `${TYPE}RetryInfo`, retryDelay: `${Math.ceil(retrySeconds)}s` });
  }
  return googleError(
    429,
    "RESOURCE_EXHAUSTED",
    `You exceeded your current quota, please check your plan and billing details.${wait}`,
    details,
  );
}
