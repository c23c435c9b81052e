import type { SceneName } from "./brief.ts";
import { asksFor, type Easel } from "./easel.ts";
import { paintWeather } from "./elements/weather.ts";
import { placeProps, type Stage } from "./props/place-props.ts";
import { paintAbstract } from "./scenes/abstract.ts";
import { paintArches } from "./scenes/arches.ts";
import { paintBamboo } from "./scenes/bamboo.ts";
import { paintBlossom } from "./scenes/blossom.ts";
import { paintBotanical } from "./scenes/botanical.ts";
import { paintCity } from "./scenes/city.ts";
import { paintDunes } from "./scenes/dunes.ts";
import { paintField } from "./scenes/field.ts";
import { paintFlower } from "./scenes/flower.ts";
import { paintForest } from "./scenes/forest.ts";
import { paintGreenhouse } from "./scenes/greenhouse.ts";
import { paintInterior } from "./scenes/interior.ts";
import { paintLake } from "./scenes/lake.ts";
import { paintLotus } from "./scenes/lotus.ts";
import { paintMountains } from "./scenes/mountains.ts";
import { paintNightSky } from "./scenes/night-sky.ts";
import { paintPortrait } from "./scenes/portrait.ts";
import { paintSea } from "./scenes/sea.ts";
import { paintSpace } from "./scenes/space.ts";
import { paintSpecimen } from "./scenes/specimen.ts";
import { paintUnderwater } from "./scenes/underwater.ts";
import { applyStyle } from "./style.ts";

type Painter = (easel: Easel) => Promise<Stage | undefined> | Stage | undefined;

/** For scenes into which nothing else is put. */
function alone(paint: (easel: Easel) => Promise<void> | void): Painter {
  return async (easel) => {
    await paint(easel);
    return undefined;
  };
}

const PAINTERS: Record<SceneName, Painter> = {
  mountains: paintMountains,
  lake: paintLake,
  sea: paintSea,
  dunes: paintDunes,
  forest: paintForest,
  bamboo: alone(paintBamboo),
  field: paintField,
  city: paintCity,
  "night-sky": paintNightSky,
  space: alone(paintSpace),
  botanical: alone(paintBotanical),
  blossom: alone(paintBlossom),
  lotus: alone(paintLotus),
  flower: alone(paintFlower),
  portrait: alone((easel) => paintPortrait(easel, paintBehindPortrait)),
  interior: alone(paintInterior),
  arches: alone(paintArches),
  abstract: alone(paintAbstract),
  underwater: alone(paintUnderwater),
  greenhouse: alone(paintGreenhouse),
  specimen: alone(paintSpecimen),
};

/** Paints the scene of the brief, what stands in it, what falls over it, and turns it into its medium. */
export async function paintScene(easel: Easel): Promise<void> {
  const stage = await PAINTERS[easel.brief.scene](easel);
  if (stage !== undefined) {
    await placeProps(easel, stage);
  }
  await paintWeather(easel);
  applyStyle(easel);
}

async function paintBehindPortrait(easel: Easel): Promise<void> {
  const scene = asksFor(easel, "forest") ? paintForest : asksFor(easel, "sea") ? paintSea : paintMountains;
  await scene(easel);
}
