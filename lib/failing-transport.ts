import "server-only";
import { type Failpoint, failpoint, failpointDuring } from "@/failpoint";
import { type HttpRequest, type HttpTransport, TransportError } from "@/lib/upstream/transport";

/** The transport with failpoints while a call is under way and when a create's answer begins. For the chaos build. */
export function withFailpoints(send: HttpTransport): HttpTransport {
  if (!import.meta.failpoints) {
    return send;
  }
  return async (request) => {
    const point = pointOf(request);
    if (point === undefined) {
      return send(request);
    }
    try {
      const response = await failpointDuring(point, () => send(request));
      if (point === "create.flying") {
        await failpoint("dispatch.answered");
      }
      return response;
    } catch (cause) {
      if (cause instanceof Error && "code" in cause && cause.code === "ECONNRESET") {
        throw new TransportError("cut by a failpoint", { wasSent: true, cause });
      }
      throw cause;
    }
  };
}

function pointOf({ method, url }: HttpRequest): Failpoint | undefined {
  const { pathname } = new URL(url);
  if (pathname.endsWith(":generateContent")) {
    return "translate.flying";
  }
  if (method === "POST" && pathname.endsWith("/predictions")) {
    return "create.flying";
  }
  return method === "GET" && /\/predictions\/[^/]+$/.test(pathname) ? "poll.flying" : undefined;
}
