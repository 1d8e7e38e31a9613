/** What comes into an answer in one step: what several suggest is one, and a question of one answer gets one. */

import { meaning } from "./compare";
import type { Region } from "./regions";

export class Accepting {
  readonly #regions: Region[] = [];
  readonly #said = new Map<string, Region>();
  readonly #answered = new Set<string>();

  /** What is to come into the answer. */
  get regions(): readonly Region[] {
    return this.#regions;
  }

  /**
   * @param single whether the question has one answer: then the first one given is it.
   * @returns what stands for a region: itself, or one that says the same; null where another is the answer.
   */
  add(region: Region, single: boolean): Region | null {
    const said = `${region.question}\n${meaning(region)}`;
    const same = this.#said.get(said);
    if (same) return same;
    const asked = `${region.question}\n${region.of ?? ""}`;
    if (single && this.#answered.has(asked)) return null;
    this.#answered.add(asked);
    this.#said.set(said, region);
    this.#regions.push(region);
    return region;
  }
}
