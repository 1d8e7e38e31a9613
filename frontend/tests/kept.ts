/** Items, answers to them, and drafts as a device keeps them. */

import type { Result, Work } from "../src/core/contracts";
import type { KeptDraft } from "../src/core/device";
import { wire, work } from "./support";

export const BREACH: Result = [wire("verdict", "choices", { choices: ["breach"] })];
export const NONE: Result = [wire("verdict", "choices", { choices: ["none"] })];
export function item(assignment: string, more: Partial<Work> = {}): Work {
  return { ...work(`Text of ${assignment}`), assignment, ...more };
}

export function draft(result: Result | null, more: Partial<KeptDraft> = {}): KeptDraft {
  return {
    assignment: "a1",
    tab: "t",
    revision: 0,
    result,
    unconfirmed: [],
    seconds: 0,
    at: Date.now(),
    ...more,
  };
}
