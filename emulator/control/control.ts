import type { ServerResponse } from "node:http";
import { isJsonObject, type JsonObject, numberField, parseJson, stringField } from "../core/json.ts";
import { isLoopbackHost, isLoopbackUrl } from "../core/loopback.ts";
import { patchSettings } from "../core/patch-settings.ts";
import { emptyReply, jsonReply, type Reply } from "../core/reply.ts";
import type { WireRequest } from "../core/request.ts";
import { sendReply } from "../core/send-reply.ts";
import { defaultSettings } from "../core/settings.ts";
import type { World } from "../core/world.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { Runs } from "../replicate/runs.ts";
import { booksView } from "./books-view.ts";
import { dashboardPage } from "./dashboard.ts";
import { streamEvents } from "./event-stream.ts";
import { addFaults, listFaults, removeFaults } from "./fault-switches.ts";

/** The parts a reset or a setting reaches into. */
export interface ControlledParts {
  gateway: Gateway;
  runs: Runs;
}

/** The dashboard and the control surface: never part of the wire, and for this machine only. */
export class Control {
  readonly #world: World;
  readonly #parts: ControlledParts;

  constructor(world: World, parts: ControlledParts) {
    this.#world = world;
    this.#parts = parts;
  }

  /** Whether a path belongs to the control surface. */
  owns(path: string): boolean {
    return path === "/" || path === "/favicon.ico" || path.startsWith("/_");
  }

  /** Answers a control request. */
  async answer(request: WireRequest, response: ServerResponse): Promise<void> {
    if (!isOwn(request)) {
      await sendReply(response, jsonReply(403, { error: "The control surface answers this machine only." }));
    } else if (request.method === "GET" && request.path === "/_events") {
      streamEvents(this.#world.events, response, request.headers.get("last-event-id"));
    } else {
      await sendReply(response, this.#reply(request), request.method === "HEAD");
    }
  }

  #reply(request: WireRequest): Reply {
    const [, section = "", id] = request.path.split("/");
    const method = request.method === "HEAD" ? "GET" : request.method;
    const body = parseJson(request.body.toString("utf8"));
    const fields = isJsonObject(body) ? body : {};
    switch (`${method} /${section}`) {
      case "GET /":
        return dashboardPage();
      case "GET /favicon.ico":
        return emptyReply(204);
      case "GET /_health":
        return jsonReply(200, {
          status: "ok",
          url: this.#world.baseUrl,
          clockOffsetSeconds: this.#world.clock.offsetMs / 1000,
        });
      case "GET /_faults":
        return listFaults(this.#world);
      case "POST /_faults":
        return addFaults(this.#world, body);
      case "DELETE /_faults":
        return removeFaults(this.#world, id === undefined ? undefined : decodeURIComponent(id));
      case "GET /_books":
        return jsonReply(200, booksView(this.#world, Number(request.query.get("recent") ?? "Infinity")));
      case "POST /_clock":
        return this.#advance(fields);
      case "GET /_settings":
        return this.#settingsReply();
      case "POST /_settings":
        return this.#change(fields);
      case "POST /_reset":
        return this.#reset(fields);
      default:
        return jsonReply(404, { error: `there is no ${request.method} ${request.path}` });
    }
  }

  #advance(fields: JsonObject): Reply {
    const seconds = numberField(fields, "advanceSeconds");
    if (seconds === undefined || seconds < 0 || !Number.isFinite(seconds)) {
      return jsonReply(400, { error: "send {advanceSeconds}, a number of zero or more" });
    }
    this.#world.books.recordClock(this.#world.clock.offsetMs + seconds * 1000);
    this.#world.clock.advance(seconds * 1000);
    const offsetSeconds = this.#world.clock.offsetMs / 1000;
    this.#world.events.publish("clock", { offsetSeconds });
    return jsonReply(200, { offsetSeconds, now: new Date(this.#world.clock.nowMs()).toISOString() });
  }

  #change(fields: JsonObject): Reply {
    const patched = patchSettings(this.#world.settings, fields);
    if (patched.kind === "problems") {
      return jsonReply(400, { error: patched.problems.join("; ") });
    }
    this.#world.settings = patched.settings;
    this.#world.events.publish("settings", {});
    return this.#settingsReply();
  }

  // The gateway's own token is not for showing.
  #settingsReply(): Reply {
    const settings = structuredClone(this.#world.settings);
    settings.gateway.authentication.token = settings.gateway.authentication.token === "" ? "" : "(set)";
    return jsonReply(200, { settings: parseJson(JSON.stringify(settings)) ?? {} });
  }

  /** Back to the first moment: no records, no faults, default settings, real time. `{seed}` also sows anew. */
  #reset(fields: JsonObject): Reply {
    this.#parts.runs.clear();
    this.#parts.gateway.clear();
    this.#world.faults.clear();
    this.#world.clock.restore(0);
    this.#world.books.recordClock(0);
    this.#world.books.reset();
    this.#world.settings = defaultSettings(this.#world.options);
    this.#world.seed = stringField(fields, "seed") ?? this.#world.seed;
    this.#world.events.publish("reset", {});
    return jsonReply(200, { status: "reset" });
  }
}

/**
 * Whether a request comes from this machine by its Host, and, when a page sent it, from a page of this
 * machine: another site must not be able to reach the switches through somebody's browser.
 */
function isOwn(request: WireRequest): boolean {
  const origin = request.headers.get("origin");
  const isOwnOrigin = origin === undefined || isLoopbackUrl(origin);
  return isLoopbackHost(request.headers.get("host")) && isOwnOrigin;
}
