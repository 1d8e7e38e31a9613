import { type CommandId, command, fixedCommands } from "../../core/command-list";
import type { Command } from "../../core/commands";
import { addCommands } from "../keyboard";

/**
 * What is done with the row that has the focus: a message, a criterion, a grade. A row says in `data-acts` what it can
 * do, and hears `row-act` with one of these as its detail; a number gives points.
 */
const ACTS = {
  edit: "row.edit",
  insert: "row.insert",
  role: "row.role",
  up: "row.up",
  down: "row.down",
  remove: "row.remove",
} as const satisfies Record<string, CommandId>;

export type RowAct = keyof typeof ACTS;

/** A row that was told what to do. */
export type RowEvent = CustomEvent<RowAct>;

export const MESSAGE_ACTS: readonly RowAct[] = ["edit", "insert", "role", "up", "down", "remove"];

/** The row that has the focus, or had it before a dialog opened over it. */
let row: HTMLElement | null = null;

function inDialog(element: Element | null): boolean {
  return element?.closest("dialog") != null;
}

function follow(event: FocusEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if (!inDialog(target)) row = target?.closest<HTMLElement>("[data-acts]") ?? null;
}

function here(): HTMLElement | null {
  const focused = document.activeElement;
  return inDialog(focused) ? row : (focused?.closest<HTMLElement>("[data-acts]") ?? null);
}

/** Whether the row with the focus can do this. */
export function rowCan(act: string): boolean {
  return here()?.dataset.acts?.split(" ").includes(act) ?? false;
}

/** Tells the row with the focus what to do. */
export function tellRow(act: string): void {
  here()?.dispatchEvent(new CustomEvent("row-act", { detail: act }));
}

/** The commands of these acts, and the keys that rows have besides. */
export function rowCommands(acts: readonly RowAct[]): readonly Command[] {
  const all = acts.map((act) =>
    command(
      ACTS[act],
      () => tellRow(act),
      () => rowCan(act),
    ),
  );
  return [...all, ...fixedCommands(["row"])];
}

/** The id of the command for an act. */
export function rowCommand(act: RowAct): CommandId {
  return ACTS[act];
}

/** Adds commands that ask which row has the focus. @returns what takes them away. */
export function useRows(source: () => readonly Command[]): () => void {
  document.addEventListener("focusin", follow);
  return addCommands(source);
}
