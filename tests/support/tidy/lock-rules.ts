/** The parts of package-lock.json that are looked at. */
export type Lock = {
  packages: Record<
    string,
    { version?: string; resolved?: string; optionalDependencies?: Record<string, string> }
  >;
};

/** Below these, an advisory applies. */
const FLOORS = {
  next: "16.4.1",
  react: "19.3.1",
  "react-dom": "19.3.1",
  sharp: "0.35.5",
  "better-auth": "1.7.16",
  "drizzle-orm": "0.45.2",
} as const;

/** The lock names versions and hashes; where they are fetched from is the business of whoever installs. */
export function downloadAddresses(lock: Lock): string[] {
  return Object.entries(lock.packages)
    .filter(([, { resolved }]) => resolved !== undefined && /^[a-z+]+:\/\//.test(resolved))
    .map(([folder]) => `${folder} has a download address`);
}

/** A release whose build for some platform is not published drops out of the lock, and then `npm ci` refuses elsewhere. */
export function missingPlatformPackages(lock: Lock): string[] {
  const present = new Set(Object.keys(lock.packages).map((folder) => folder.split("node_modules/").at(-1)));
  return Object.entries(lock.packages).flatMap(([folder, { version, optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {})
      .filter((name) => !present.has(name))
      .map((name) => `${folder || "the project"} ${version} wants ${name}, which the lock lacks`),
  );
}

/** Every copy of a package, also one deep down, is new enough. */
export function versionsBelowFloor(lock: Lock): string[] {
  return Object.entries(FLOORS).flatMap(([name, floor]) => {
    const copies = Object.entries(lock.packages).filter(
      ([folder]) => folder.split("node_modules/").at(-1) === name && folder !== "",
    );
    if (copies.length === 0) {
      return [`${name} is not in the lock`];
    }
    return copies
      .filter(([, { version = "0" }]) => isBelow(version, floor))
      .map(([folder, { version }]) => `${folder} is ${version}; it must be ${floor} or newer`);
  });
}

function isBelow(version: string, floor: string): boolean {
  const [left, right] = [version, floor].map((text) => text.split(/[.-]/, 3).map(Number));
  for (const [index, wanted] of (right ?? []).entries()) {
    const found = left?.[index] ?? 0;
    if (found !== wanted) {
      return found < wanted;
    }
  }
  // A pre-release of the floor comes before it.
  return version.includes("-");
}
