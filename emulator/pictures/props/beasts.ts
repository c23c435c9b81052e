/** The build of a four-legged animal, in parts of its length from chest to tail. */
export interface Build {
  /** Height of the back, and how thick the trunk is. */
  leg: number;
  trunk: number;
  /** Neck: how far forward and up the head is carried. */
  reach: number;
  lift: number;
  neck: number;
  head: number;
  muzzle: number;
  /** Ears: pointed, round, long, or none but antlers. */
  ears: "pointed" | "round" | "long";
  hasAntlers: boolean;
  tail: "bush" | "thin" | "stub" | "mane";
  foot: number;
}

export const BUILDS = {
  deer: {
    leg: 0.62,
    trunk: 0.34,
    reach: 0.2,
    lift: 0.36,
    neck: 0.17,
    head: 0.085,
    muzzle: 0.15,
    ears: "pointed",
    hasAntlers: true,
    tail: "stub",
    foot: 0.03,
  },
  horse: {
    leg: 0.58,
    trunk: 0.4,
    reach: 0.24,
    lift: 0.46,
    neck: 0.22,
    head: 0.1,
    muzzle: 0.22,
    ears: "pointed",
    hasAntlers: false,
    tail: "mane",
    foot: 0.045,
  },
  fox: {
    leg: 0.34,
    trunk: 0.27,
    reach: 0.17,
    lift: 0.2,
    neck: 0.17,
    head: 0.105,
    muzzle: 0.15,
    ears: "pointed",
    hasAntlers: false,
    tail: "bush",
    foot: 0.035,
  },
  dog: {
    leg: 0.42,
    trunk: 0.32,
    reach: 0.16,
    lift: 0.26,
    neck: 0.2,
    head: 0.115,
    muzzle: 0.14,
    ears: "round",
    hasAntlers: false,
    tail: "thin",
    foot: 0.045,
  },
  bear: {
    leg: 0.34,
    trunk: 0.48,
    reach: 0.2,
    lift: 0.1,
    neck: 0.32,
    head: 0.14,
    muzzle: 0.13,
    ears: "round",
    hasAntlers: false,
    tail: "stub",
    foot: 0.085,
  },
} as const satisfies Record<string, Build>;

const f = (value: number): string => value.toFixed(3);

/** A standing animal as SVG: facing right, one unit long, its feet on y = 0. */
export function beast(build: Build): string {
  const { leg, trunk, foot } = build;
  const back = -(leg + trunk);
  const belly = -leg;
  const shapes: string[] = [];
  // Hind legs bend backwards, fore legs are straight; the far pair stands a little ahead.
  for (const [x, isHind] of [
    [-0.37, true],
    [-0.27, true],
    [0.3, false],
    [0.4, false],
  ] as const) {
    const knee = isHind ? x - 0.045 : x + 0.008;
    const thigh = foot * (isHind ? 3.3 : 2.5);
    shapes.push(
      `<path d="M${f(x - thigh)} ${f(belly - trunk * 0.35)}Q${f(knee - thigh * 0.4)} ${f(belly * 0.7)} ${f(knee - foot * 0.7)} ${f(belly * 0.45)}L${f(x - foot)} 0H${f(x + foot * 1.25)}L${f(knee + foot * 0.75)} ${f(belly * 0.45)}Q${f(knee + thigh * 0.7)} ${f(belly * 0.8)} ${f(x + thigh)} ${f(belly - trunk * 0.35)}Z"/>`,
    );
  }
  const tuck = belly - trunk * 0.16;
  shapes.push(
    `<path d="M-0.48 ${f(back + trunk * 0.3)}C-0.4 ${f(back - 0.01)} -0.15 ${f(back + trunk * 0.1)} 0.05 ${f(back + trunk * 0.05)}C0.25 ${f(back - trunk * 0.04)} 0.44 ${f(back)} 0.48 ${f(back + trunk * 0.4)}C0.5 ${f(belly)} 0.34 ${f(belly + 0.03)} 0.2 ${f(belly + 0.01)}C0 ${f(belly)} -0.15 ${f(tuck)} -0.3 ${f(tuck + 0.02)}C-0.46 ${f(belly)} -0.52 ${f(back + trunk * 0.7)} -0.48 ${f(back + trunk * 0.3)}Z"/>`,
  );
  shapes.push(neckAndHead(build, back), tailOf(build, back));
  return shapes.join("");
}

function neckAndHead(build: Build, back: number): string {
  const { reach, lift, neck, head, muzzle, trunk } = build;
  const baseX = 0.4;
  const baseY = back + trunk * 0.22;
  const headX = baseX + reach;
  const headY = back - lift + head;
  const shapes = [
    `<path d="M${f(baseX - neck * 1.15)} ${f(back + 0.02)}Q${f(headX - neck * 1.1)} ${f((baseY + headY) / 2 - 0.04)} ${f(headX - head * 0.9)} ${f(headY - head * 0.4)}L${f(headX + head * 0.5)} ${f(headY + head * 0.8)}Q${f(baseX + neck * 0.55)} ${f((baseY + headY) / 2 + 0.06)} ${f(baseX + 0.08)} ${f(baseY + trunk * 0.4)}Z"/>`,
    `<ellipse cx="${f(headX)}" cy="${f(headY)}" rx="${f(head)}" ry="${f(head * 0.88)}"/>`,
    `<path d="M${f(headX)} ${f(headY - head * 0.8)}L${f(headX + muzzle + head * 0.25)} ${f(headY + head * 0.15)}Q${f(headX + muzzle + head * 0.4)} ${f(headY + head * 0.6)} ${f(headX + muzzle)} ${f(headY + head * 0.72)}L${f(headX - head * 0.3)} ${f(headY + head * 0.88)}Z"/>`,
  ];
  const earX = headX - head * 0.45;
  const earY = headY - head * 0.55;
  if (build.ears === "round") {
    shapes.push(`<circle cx="${f(earX)}" cy="${f(earY - head * 0.15)}" r="${f(head * 0.36)}"/>`);
  } else {
    shapes.push(
      `<path d="M${f(earX - head * 0.4)} ${f(earY + head * 0.2)}L${f(earX - head * 0.25)} ${f(earY - head)}L${f(earX + head * 0.45)} ${f(earY)}Z"/>`,
    );
  }
  if (build.tail === "mane") {
    shapes.push(
      `<path d="M${f(headX - head * 0.5)} ${f(headY - head)}Q${f(baseX - neck * 0.9)} ${f((baseY + headY) / 2 - 0.06)} ${f(baseX - neck * 1.5)} ${f(back + 0.03)}L${f(baseX - neck * 0.6)} ${f(back + 0.06)}Z"/>`,
    );
  }
  if (build.hasAntlers) {
    for (const lean of [-0.1, 0.08]) {
      shapes.push(
        `<path d="M${f(headX - 0.02)} ${f(headY - head)}C${f(headX + lean - 0.08)} ${f(headY - 0.2)} ${f(headX + lean - 0.08)} ${f(headY - 0.3)} ${f(headX + lean)} ${f(headY - 0.4)}M${f(headX + lean * 0.6 - 0.06)} ${f(headY - 0.18)}L${f(headX + lean + 0.06)} ${f(headY - 0.25)}M${f(headX + lean - 0.06)} ${f(headY - 0.27)}L${f(headX + lean + 0.07)} ${f(headY - 0.35)}" fill="none" stroke="#000" stroke-width="0.02" stroke-linecap="round"/>`,
      );
    }
  }
  return shapes.join("");
}

function tailOf(build: Build, back: number): string {
  const x = -0.46;
  const y = back + build.trunk * 0.3;
  switch (build.tail) {
    case "bush":
      return `<path d="M${x} ${f(y)}C-0.64 ${f(y + 0.02)} -0.86 ${f(y + 0.2)} -0.94 ${f(y + 0.32)}C-0.76 ${f(y + 0.36)} -0.58 ${f(y + 0.25)} ${x} ${f(y + 0.13)}Z"/>`;
    case "mane":
      return `<path d="M${x} ${f(y)}C-0.6 ${f(y + 0.02)} -0.64 ${f(y + 0.3)} -0.6 ${f(y + 0.55)}C-0.54 ${f(y + 0.4)} -0.52 ${f(y + 0.25)} ${x} ${f(y + 0.12)}Z"/>`;
    case "thin":
      return `<path d="M${x} ${f(y + 0.03)}Q-0.66 ${f(y - 0.02)} -0.68 ${f(y - 0.22)}" fill="none" stroke="#000" stroke-width="0.05" stroke-linecap="round"/>`;
    case "stub":
      return `<path d="M${x} ${f(y)}Q-0.55 ${f(y + 0.02)} -0.54 ${f(y + 0.12)}L-0.47 ${f(y + 0.14)}Z"/>`;
  }
}
