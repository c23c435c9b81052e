import type { Lab } from "../colour.ts";
import { between, type Easel } from "../easel.ts";
import { stampMask } from "../stamp.ts";

/** Grasses at the lower edge, in one or two clumps towards the corners. */
export async function paintReeds(easel: Easel, look: { colour: Lab }): Promise<void> {
  const { canvas, random } = easel;
  const { width, height, unit } = canvas;
  const clumps =
    random() < 0.5 ? [between(random, 0.02, 0.2)] : [between(random, 0, 0.16), between(random, 0.84, 1)];
  const shapes: string[] = [];
  for (const clump of clumps) {
    const count = 26 + Math.floor(random() * 26);
    for (let blade = 0; blade < count; blade += 1) {
      const foot = clump * width + (random() + random() - 1) * unit * 0.2;
      const tall = unit * between(random, 0.07, 0.24);
      const lean = (random() - 0.45) * tall * 0.8;
      const thick = unit * between(random, 0.0012, 0.003);
      const tipX = foot + lean;
      const tipY = height - tall;
      const bendX = foot + lean * 0.25;
      const bendY = height - tall * 0.6;
      shapes.push(
        `<path d="M${foot - thick} ${height + 4}Q${bendX - thick} ${bendY} ${tipX} ${tipY}Q${bendX + thick} ${bendY} ${foot + thick} ${height + 4}Z"/>`,
      );
      if (random() < 0.22) {
        const angle = (Math.atan2(tipY - bendY, tipX - bendX) * 180) / Math.PI;
        shapes.push(
          `<ellipse cx="${tipX}" cy="${tipY}" rx="${unit * 0.014}" ry="${unit * 0.0032}" transform="rotate(${angle} ${tipX} ${tipY})"/>`,
        );
      }
    }
  }
  const area = { left: 0, top: height - unit * 0.32, width, height: unit * 0.32 };
  await stampMask(canvas, area, shapes.join(""), { colour: look.colour, blur: unit * 0.0006 });
}
