import { html, type TemplateResult } from "lit";
import { command } from "../core/command-list";
import type { Command } from "../core/commands";
import type { Guideline, Project } from "../core/contracts";
import { t } from "../i18n";
import { toggleTheme } from "../preferences";
import type { AnswerContext } from "./context";
import { openDialog } from "./dialog";
import { fieldCommands } from "./fields/field-commands";
import { focusField } from "./fields/focus";
import type { GuidelineElement } from "./guideline";
import { hasChanged, toggleGuideline } from "./guideline-state";
import { labelCommands } from "./label-commands";
import { firstControl } from "./question";
import { suggestionCommands } from "./suggestion-commands";
import { textCommands } from "./text-commands";

/** Puts the focus into the question after, or before, the one that has it. */
function stepQuestion(host: HTMLElement, by: 1 | -1): void {
  const all = [...host.querySelectorAll<HTMLElement>(".ws-side .question")].filter(firstControl);
  const at = all.findIndex((one) => one.contains(document.activeElement));
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length];
  if (next) firstControl(next)?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

function focusText(host: HTMLElement): void {
  focusField(host);
}

/** The field whose spans are gone through: the one with the caret, else the first that has spans. */
function spanField(context: AnswerContext): string | undefined {
  const asked = context.store.schema.questions.filter((one) => one.kind === "spans");
  const selected = context.desk.selection.peek()?.field;
  return asked.find((one) => one.field === selected)?.field ?? asked[0]?.field;
}

function spanCommands(host: HTMLElement, context: AnswerContext): readonly Command[] {
  const { desk, language, readOnly } = context;
  const field = spanField(context);
  if (field === undefined) return [];
  const step = (by: 1 | -1) => () => {
    focusText(host);
    desk.step(field, by);
  };
  const moving = [command("go.span.next", step(1)), command("go.span.previous", step(-1))];
  if (readOnly) return moving;
  const any = (): boolean => desk.span() !== null;
  const nudge = (edge: "start" | "end", by: 1 | -1) => () => void desk.nudge(edge, by, "character", language);
  return [
    ...moving,
    command("span.remove", () => void desk.remove(), any),
    command("span.end.right", nudge("end", 1), any),
    command("span.end.left", nudge("end", -1), any),
    command("span.start.left", nudge("start", -1), any),
    command("span.start.right", nudge("start", 1), any),
  ];
}

function historyCommands({ store, readOnly }: AnswerContext): readonly Command[] {
  if (readOnly) return [];
  return [
    command(
      "edit.undo",
      () => void store.undo(),
      () => store.canUndo.peek(),
    ),
    command(
      "edit.redo",
      () => void store.redo(),
      () => store.canRedo.peek(),
    ),
  ];
}

/** The pages that the frame links to: the same names, in the same order. */
function pageCommands(): readonly Command[] {
  const links = document.querySelectorAll<HTMLAnchorElement>(".topbar .mainnav a[href]");
  return [...links].map((link) => ({
    id: `page/${link.getAttribute("href")}`,
    words: { text: link.textContent?.trim() ?? "" },
    group: { key: "help.pages" },
    keys: [],
    run: () => link.click(),
  }));
}

function opener(host: HTMLElement, name: string): () => void {
  return () => void openDialog(host, name);
}

/** The dialogs about keys that every desk has. */
export function keyDialogs(): TemplateResult {
  return html`
    <assay-command-palette></assay-command-palette>
    <assay-help-sheet></assay-help-sheet>
    <assay-key-settings></assay-key-settings>
  `;
}

/** What can be done with the guideline of what lies on the desk. */
export function guidelineCommands(
  host: HTMLElement,
  on: { readonly guideline: Guideline | null; readonly project: Project },
): readonly Command[] {
  const { guideline, project } = on;
  if (!guideline) return [];
  const panel = (): GuidelineElement | null => host.querySelector("assay-guideline");
  const shown = command("guideline.show", toggleGuideline);
  const search = command("guideline.search", () => void panel()?.focusSearch());
  if (guideline.read === undefined) return [shown, search];
  const unread = (): boolean => guideline.read !== guideline.version || hasChanged(guideline, project.id);
  return [shown, search, command("guideline.read", () => void panel()?.markRead(), unread)];
}

/** What every desk can do, whatever lies on it. */
export function deskCommands(host: HTMLElement, context: AnswerContext | null): readonly Command[] {
  const own = context
    ? [
        ...labelCommands(context),
        ...historyCommands(context),
        command("go.question.next", () => stepQuestion(host, 1)),
        command("go.question.previous", () => stepQuestion(host, -1)),
        ...fieldCommands(host, context),
        ...spanCommands(host, context),
        ...textCommands(host, context),
        ...suggestionCommands(host, context),
      ]
    : [];
  return [
    ...own,
    command("look.palette", opener(host, "assay-command-palette")),
    command("look.help", opener(host, "assay-help-sheet")),
    command("look.keys", opener(host, "assay-key-settings")),
    command("look.theme", () => {
      const now = toggleTheme();
      context?.announce(t(now === "dark" ? "look.theme.dark" : "look.theme.light"));
    }),
    ...pageCommands(),
  ];
}
