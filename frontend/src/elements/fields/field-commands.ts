import { command, type FixedGroup, fixedCommands } from "../../core/command-list";
import type { Command } from "../../core/commands";
import type { FieldKind } from "../../core/contracts";
import { marks } from "../../core/tags/tag";
import type { AnswerContext } from "../context";
import { focusField } from "./focus";

const GROUPS: Readonly<Partial<Record<FieldKind, readonly FixedGroup[]>>> = {
  text: ["text"],
  html: ["text"],
  dialogue: ["text", "turn"],
  chat: ["text", "turn"],
  pages: ["text", "sheet"],
  table: ["cell"],
  image: ["area"],
};

/** The keys of the fields that are worked on, and the way there. */
export function fieldCommands(host: HTMLElement, { store }: AnswerContext): readonly Command[] {
  const asked = new Set(store.schema.questions.filter(marks).map((question) => question.field));
  const kinds = store.schema.fields
    .filter((field) => asked.has(field.name))
    .map((field) => field.kind ?? "text");
  if (kinds.length === 0) return [];
  const groups = new Set(kinds.flatMap((kind) => GROUPS[kind] ?? []));
  return [command("go.text", () => void focusField(host)), ...fixedCommands([...groups])];
}
