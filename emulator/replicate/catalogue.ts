import type { JsonObject } from "../core/json.ts";
import type { ProviderCall } from "../core/provider.ts";
import { jsonReply, type Reply } from "../core/reply.ts";
import { DEPLOYMENTS, type Deployment, findDeployment } from "./deployments.ts";
import { notFound } from "./errors.ts";
import { findModel, MODELS, slugOf } from "./models/find-model.ts";
import type { ModelData } from "./models/model-data.ts";

const CREATED_AT = "2024-10-02T01:37:54.199755Z";
const ACCOUNT = {
  type: "organization",
  username: "acme",
  name: "Acme Corp, Inc.",
  github_url: "https://github.com/acme",
} as const;

/** The reads that have nothing to do with predictions: account, hardware, models, versions, deployments. */
export function readCatalogue(call: ProviderCall): Reply {
  const { method, path } = call;
  if (method === "QUERY" && path === "/models") {
    return jsonReply(200, page(search(call.body.toString("utf8")).map(modelView)));
  }
  if (method !== "GET") {
    return notFound();
  }
  switch (path) {
    case "/account":
      return jsonReply(200, { ...ACCOUNT });
    case "/hardware":
      return jsonReply(200, [
        { name: "CPU", sku: "cpu" },
        { name: "Nvidia T4 GPU", sku: "gpu-t4" },
        { name: "Nvidia L40S GPU", sku: "gpu-l40s" },
        { name: "Nvidia H100 GPU", sku: "gpu-h100" },
      ]);
    case "/collections":
      return jsonReply(200, page([COLLECTION]));
    case `/collections/${COLLECTION.slug}`:
      return jsonReply(200, { ...COLLECTION, models: MODELS.map(modelView) });
    case "/models":
      return jsonReply(200, page(MODELS.map(modelView)));
    case "/deployments":
      return jsonReply(200, page(DEPLOYMENTS.map(deploymentView)));
    default:
      return readOne(path);
  }
}

const COLLECTION = {
  name: "Generate images",
  slug: "text-to-image",
  description: "Models that generate images from text prompts",
} as const;

function readOne(path: string): Reply {
  const [, kind, owner = "", name = "", part, id] = path.split("/");
  const slug = `${owner}/${name}`;
  if (kind === "deployments" && part === undefined) {
    const deployment = findDeployment(slug);
    return deployment === undefined ? notFound() : jsonReply(200, deploymentView(deployment));
  }
  const model = kind === "models" ? findModel(slug) : undefined;
  if (model === undefined) {
    return notFound();
  }
  if (part === undefined) {
    return jsonReply(200, modelView(model));
  }
  const versions = model.versionIds.map((version) => versionView(model, version));
  if (part === "versions" && id === undefined) {
    return jsonReply(200, page(versions));
  }
  const version = part === "versions" ? versions.find((candidate) => candidate.id === id) : undefined;
  return version === undefined ? notFound() : jsonReply(200, version);
}

function page(results: JsonObject[]): JsonObject {
  return { next: null, previous: null, results };
}

function search(text: string): ModelData[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return MODELS.filter((model) => {
    const haystack = `${slugOf(model)} ${model.description}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}

function modelView(model: ModelData): JsonObject {
  const version = model.versionIds[0];
  return {
    url: `https://replicate.com/${slugOf(model)}`,
    owner: model.owner,
    name: model.name,
    description: model.description,
    visibility: "public",
    is_official: true,
    github_url: null,
    paper_url: null,
    license_url: null,
    run_count: 1_000_000,
    cover_image_url: null,
    default_example: null,
    latest_version: version === undefined ? null : versionView(model, version),
  };
}

/** A version with the schema of the model's inputs in the form Cog gives it. */
function versionView(model: ModelData, id: string): JsonObject {
  const properties: JsonObject = {};
  for (const [order, [name, property]] of Object.entries(model.properties).entries()) {
    const { enum: choices, default: fallback, ...rest } = property;
    properties[name] = {
      ...rest,
      title: name,
      "x-order": order,
      ...(choices === undefined ? {} : { enum: [...choices] }),
      ...(fallback === undefined ? {} : { default: typeof fallback === "object" ? [...fallback] : fallback }),
    };
  }
  const uri = { type: "string", format: "uri" };
  return {
    id,
    created_at: CREATED_AT,
    cog_version: "0.9.23",
    openapi_schema: {
      openapi: "3.0.2",
      info: { title: "Cog", version: "0.1.0" },
      paths: {},
      components: {
        schemas: {
          Input: { type: "object", title: "Input", required: [...model.required], properties },
          Output:
            model.output === "uri"
              ? { ...uri, title: "Output" }
              : { type: "array", items: uri, title: "Output" },
        },
      },
    },
  };
}

function deploymentView(deployment: Deployment): JsonObject {
  const { owner, name, model } = deployment;
  return {
    owner,
    name,
    current_release: {
      number: 1,
      model,
      version: findModel(model)?.versionIds[0] ?? "",
      created_at: CREATED_AT,
      created_by: { ...ACCOUNT },
      configuration: { hardware: "gpu-h100", min_instances: 0, max_instances: 5 },
    },
  };
}
