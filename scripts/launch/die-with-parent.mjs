// Preloaded (`node --import`) into the Node processes that the launcher starts. A launcher that is killed outright cannot
// end its children, but the pipe between them closes: that is the signal to leave.
import { Socket } from "node:net";

const PIPE = "SUNPRINT_PARENT_PIPE";
const GRACE_MS = 10_000;

const descriptor = process.env[PIPE];
// Children of this process inherit the variable but not the pipe.
delete process.env[PIPE];

if (descriptor !== undefined) {
  const pipe = new Socket({ fd: Number(descriptor) });
  pipe.on("error", () => {});
  pipe.on("close", leave);
  pipe.resume();
  pipe.unref();
}

function leave() {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.kill(process.pid, "SIGKILL"), GRACE_MS).unref();
}
