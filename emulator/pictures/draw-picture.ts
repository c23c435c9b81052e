import { randomFor } from "../core/random.ts";
import { type Brief, readBrief } from "./brief.ts";
import { Canvas } from "./canvas.ts";
import type { Easel } from "./easel.ts";
import { finish } from "./finish.ts";
import { createNoise } from "./noise.ts";
import { paintScene } from "./paint-scene.ts";
import { choosePalette } from "./palette.ts";
import { mediaType, type Picture, type PictureOrder } from "./picture-order.ts";

/** Draws a picture: the same order always gives the same bytes. */
export async function drawPicture(order: PictureOrder): Promise<Picture> {
  const random = randomFor("picture", order.prompt, order.seed, order.index);
  const brief: Brief = readBrief(order.prompt, random);
  const easel: Easel = {
    canvas: new Canvas(order.width, order.height),
    brief,
    palette: choosePalette(brief, random),
    random,
    noise: createNoise(random),
  };
  await paintScene(easel);
  return { bytes: await finish(easel, order), type: mediaType(order.extension) };
}
