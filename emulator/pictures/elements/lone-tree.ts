import { lch, mix, shift } from "../colour.ts";
import { asksFor, between, type Easel } from "../easel.ts";
import { stampMask } from "../stamp.ts";
import { paintCrown } from "./foliage.ts";

/** One broad tree with a trunk that forks, its crown dabbed leaf by leaf. */
export async function paintLoneTree(easel: Easel, at: number, foot: number): Promise<void> {
  const { canvas, palette, random, brief } = easel;
  const { width, height, unit } = canvas;
  const tall = unit * between(random, 0.22, 0.34);
  const x = at * width;
  const y = foot * height;
  const thick = tall * 0.045;
  const bark = shift(palette.near, palette.isDark ? -0.02 : -0.04);
  const arms: string[] = [];
  const branch = (
    fromX: number,
    fromY: number,
    angle: number,
    long: number,
    stroke: number,
    forks: number,
  ): void => {
    const bend = angle + (random() - 0.5) * 0.5;
    const tipX = fromX + Math.cos(bend) * long;
    const tipY = fromY + Math.sin(bend) * long;
    const midX = fromX + Math.cos(angle) * long * 0.5;
    const midY = fromY + Math.sin(angle) * long * 0.5;
    arms.push(
      `<path d="M${fromX} ${fromY}Q${midX} ${midY} ${tipX} ${tipY}" fill="none" stroke="#000" stroke-width="${stroke}" stroke-linecap="round"/>`,
    );
    for (let fork = 0; forks > 0 && fork < 3; fork += 1) {
      const turned = bend + (fork - 1) * between(random, 0.35, 0.65) + (random() - 0.5) * 0.2;
      branch(tipX, tipY, turned, long * between(random, 0.55, 0.8), stroke * 0.58, forks - 1);
    }
  };
  for (const arm of [-0.75, -0.3, 0.12, 0.5, 0.85]) {
    branch(
      x,
      y - tall * between(random, 0.32, 0.42),
      -Math.PI / 2 + arm,
      tall * between(random, 0.17, 0.24),
      thick * 0.5,
      3,
    );
  }
  const trunk = `<path d="M${x - thick * 1.5} ${y + 2}Q${x - thick * 0.5} ${y - tall * 0.06} ${x - thick * 0.5} ${y - tall * 0.42}L${x + thick * 0.5} ${y - tall * 0.42}Q${x + thick * 0.5} ${y - tall * 0.06} ${x + thick * 1.7} ${y + 2}Z"/>`;
  const area = { left: x - tall, top: y - tall * 1.2, width: tall * 2, height: tall * 1.25 };
  await stampMask(canvas, area, trunk + arms.join(""), { colour: bark });
  if (brief.mood === "snow" || asksFor(easel, "winter")) {
    return;
  }
  const isBlossom = asksFor(easel, "blossom", "pink") || brief.mood === "spring";
  const leaf = isBlossom ? lch(0.84, 0.075, 5) : palette.leaf;
  const light = shift(mix(leaf, palette.glow, 0.3), palette.isDark ? -0.05 : 0.06);
  for (let crown = 0; crown < 13; crown += 1) {
    const angle = random() * 2 * Math.PI;
    const far = Math.sqrt(random());
    paintCrown(easel, {
      x: x + Math.cos(angle) * far * tall * 0.4,
      y: y - tall * 0.72 + Math.sin(angle) * far * tall * 0.24,
      width: tall * between(random, 0.3, 0.46),
      height: tall * between(random, 0.2, 0.3),
      dark: shift(mix(leaf, bark, 0.45), -0.04),
      light,
      count: 260,
      size: tall * 0.012,
    });
  }
}
