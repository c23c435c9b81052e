import type { Random } from "../core/random.ts";
import { randomFor } from "../core/random.ts";
import { matchesPattern } from "./pattern.ts";
import type { Action, Facts, Rule } from "./rule.ts";

/** A scenario that is switched on, with how often its rules matched and fired. */
export interface ActiveScenario {
  id: string;
  name: string;
  sentence: string;
  seed: string;
  rules: { rule: Rule; matched: number; fired: number }[];
}

interface Draws {
  scenario: ActiveScenario;
  random: Random[];
}

/** A rule that fired, and the scenario it belongs to. */
export interface FiredAction extends Action {
  scenario: string;
}

/**
 * Decides at each point of an exchange which faults strike. Each rule draws from a generator of its
 * own, seeded by the scenario, so that the same requests in the same order meet the same faults.
 */
export class FaultEngine {
  readonly #active: Draws[] = [];
  readonly #onFire: (scenario: string, action: Action, facts: Facts) => void;

  constructor(onFire: (scenario: string, action: Action, facts: Facts) => void) {
    this.#onFire = onFire;
  }

  /** The scenarios that are on, in the order in which they were switched on. */
  list(): ActiveScenario[] {
    return this.#active.map((draws) => draws.scenario);
  }

  /** Switches a scenario on; one with the same id is replaced and its counts begin again. */
  add(scenario: { id: string; name: string; sentence: string; seed: string; rules: readonly Rule[] }): void {
    this.remove(scenario.id);
    this.#active.push({
      scenario: { ...scenario, rules: scenario.rules.map((rule) => ({ rule, matched: 0, fired: 0 })) },
      random: scenario.rules.map((_, index) => randomFor("fault", scenario.seed, scenario.name, index)),
    });
  }

  /** Switches a scenario off by id or name; false when none was on. */
  remove(idOrName: string): boolean {
    const kept = this.#active.filter(
      ({ scenario }) => scenario.id !== idOrName && scenario.name !== idOrName,
    );
    const hadOne = kept.length < this.#active.length;
    this.#active.splice(0, this.#active.length, ...kept);
    return hadOne;
  }

  /** Switches everything off. */
  clear(): void {
    this.#active.length = 0;
  }

  /** The actions that strike here, counted as fired. Call once per point. */
  strike(facts: Facts): FiredAction[] {
    const actions: FiredAction[] = [];
    for (const { scenario, random } of this.#active) {
      for (const [index, entry] of scenario.rules.entries()) {
        const draw = random[index];
        if (draw !== undefined && fires(entry, facts, draw)) {
          entry.fired += 1;
          actions.push({ ...entry.rule.action, scenario: scenario.name });
          this.#onFire(scenario.name, entry.rule.action, facts);
        }
      }
    }
    return actions;
  }
}

function fires(entry: { rule: Rule; matched: number; fired: number }, facts: Facts, random: Random): boolean {
  const { rule } = entry;
  if (!matches(rule, facts)) {
    return false;
  }
  entry.matched += 1;
  // Drawn at every match, fired or not, so that a limit reached early leaves later draws alone.
  const isDrawn = random() < (rule.probability ?? 1);
  return (
    isDrawn &&
    entry.fired < (rule.times ?? Number.POSITIVE_INFINITY) &&
    (rule.nth === undefined || entry.matched === rule.nth) &&
    (rule.every === undefined || entry.matched % rule.every === 0)
  );
}

function matches(rule: Rule, facts: Facts): boolean {
  const known: Record<string, string | undefined> = { ...facts };
  return Object.entries(rule.where).every(([name, patterns]) => {
    const fact = known[name];
    return fact !== undefined && (patterns ?? []).some((pattern) => matchesPattern(pattern, fact));
  });
}
