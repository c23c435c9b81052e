/** Whether a socket's peer address is this machine (IPv4, IPv6 or IPv4 mapped into IPv6). */
export function isLoopbackAddress(address: string | undefined): boolean {
  const plain = address?.replace(/^::ffff:/, "");
  return plain !== undefined && (plain === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(plain));
}

/** Whether a host name, with or without a port, can only mean this machine. */
export function isLoopbackHost(host: string | undefined): boolean {
  if (host === undefined || host === "") {
    return false;
  }
  const name = host
    .toLowerCase()
    .replace(/:\d+$/, "")
    .replace(/^\[|\]$/g, "");
  return name === "localhost" || name.endsWith(".localhost") || isLoopbackAddress(name);
}

/** Whether an absolute http(s) address points at this machine; false for anything that does not parse. */
export function isLoopbackUrl(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && (url.protocol === "http:" || url.protocol === "https:") && isLoopbackHost(url.host);
}
