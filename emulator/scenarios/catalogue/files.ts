import { rule, type Scenario, scenario } from "./scenario.ts";

const GROUP = "Output files";
const GET = "delivery.get";

/** Downloads that break off or are not pictures. */
export const FILE_SCENARIOS: readonly Scenario[] = [
  scenario(
    GROUP,
    "file-truncated",
    "Downloads break off half way, short of their Content-Length.",
    rule(GET, "truncate", { fraction: 0.5 }),
  ),
  scenario(
    GROUP,
    "file-truncated-once",
    "The next download breaks off; the one after is whole.",
    rule(GET, "truncate", { fraction: 0.5 }, { times: 1 }),
  ),
  scenario(
    GROUP,
    "file-stalled",
    "Downloads stop half way and neither end nor break.",
    rule(GET, "stall", { fraction: 0.5 }),
  ),
  scenario(
    GROUP,
    "file-slow",
    "Downloads trickle at two kilobytes a second.",
    rule(GET, "drip", { bytesPerSecond: 2048 }),
  ),
  scenario(GROUP, "file-reset", "Downloads break before a single byte.", rule(GET, "reset")),
  scenario(GROUP, "file-silence", "Downloads are never answered.", rule(GET, "silence")),
  scenario(
    GROUP,
    "file-404",
    "Outputs are gone: 404.",
    rule(GET, "answer", { status: 404, text: "Not Found" }),
  ),
  scenario(GROUP, "file-410", "Outputs are gone: 410.", rule(GET, "answer", { status: 410, text: "Gone" })),
  scenario(
    GROUP,
    "file-500",
    "The delivery host answers 500.",
    rule(GET, "answer", { status: 500, html: "500 Internal Server Error" }),
  ),
  scenario(
    GROUP,
    "file-503-once",
    "The next download answers 503; the one after is whole.",
    rule(GET, "answer", { status: 503, html: "503 Service Temporarily Unavailable" }, { times: 1 }),
  ),
  scenario(
    GROUP,
    "file-redirect",
    "Downloads redirect to another host.",
    rule(GET, "answer", {
      status: 302,
      text: "",
      headers: { location: "https://files.example.com/elsewhere.webp" },
    }),
  ),
  scenario(
    GROUP,
    "file-redirect-inside",
    "Downloads redirect to an address of a private network.",
    rule(GET, "answer", {
      status: 302,
      text: "",
      headers: { location: "http://169.254.169.254/latest/meta-data/" },
    }),
  ),
  scenario(GROUP, "file-html", "Outputs are pages.", rule(GET, "file", { form: "html" })),
  scenario(GROUP, "file-svg", "Outputs are SVG with a script.", rule(GET, "file", { form: "svg" })),
  scenario(
    GROUP,
    "file-polyglot",
    "Outputs begin as a picture and go on as a page.",
    rule(GET, "file", { form: "polyglot" }),
  ),
  scenario(
    GROUP,
    "file-mislabelled",
    "Outputs are GIFs under the promised type.",
    rule(GET, "file", { form: "mislabelled" }),
  ),
  scenario(
    GROUP,
    "file-corrupt",
    "Outputs have a torn middle and do not decode.",
    rule(GET, "file", { form: "corrupt" }),
  ),
  scenario(GROUP, "file-zero-bytes", "Outputs are empty.", rule(GET, "file", { form: "zero" })),
  scenario(GROUP, "file-huge", "Outputs are 200 megabytes.", rule(GET, "file", { form: "huge" })),
  scenario(
    GROUP,
    "file-bomb",
    "Outputs are small PNG files that unpack to 30,000 pixels a side.",
    rule(GET, "file", { form: "bomb" }),
  ),
  scenario(
    GROUP,
    "file-gzip",
    "Outputs come with a content encoding nobody asked for.",
    rule(GET, "file", { form: "gzip" }),
  ),
];
