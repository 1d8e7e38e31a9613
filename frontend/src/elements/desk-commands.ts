import { html, type TemplateResult } from "lit";
import { command } from "../core/command-list";
import type { Command } from "../core/commands";
import type { Guideline, Project, Tag } from "../core/contracts";
import type { Change } from "../core/history";
import { marksText, tagOf } from "../core/tags/tag";
import { t } from "../i18n";
import { toggleTheme } from "../preferences";
import { tellStep } from "./announcer";
import type { AnswerContext } from "./context";
import { openAskedDialog } from "./dialog";
import { fieldCommands } from "./fields/field-commands";
import { focusField } from "./fields/focus";
import type { GuidelineElement } from "./guideline";
import { hasChanged, toggleGuideline } from "./guideline-state";
import { holdingKeys } from "./held-keys";
import { pressing } from "./keyboard";
import { labelCommands } from "./label-commands";
import { needPacks } from "./packs";
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

function spanCommands(host: HTMLElement, context: AnswerContext): readonly Command[] {
  const { desk, language, readOnly, store } = context;
  const asked = store.schema.questions.filter(marksText).map((one) => one.field);
  const [first] = asked;
  if (first === undefined) return [];
  /** Goes through the spans of the field with the caret, else of the first that has any. */
  const step = (by: 1 | -1) => () => {
    const here = desk.selection.peek()?.field ?? first;
    const field = asked.includes(here) ? here : first;
    focusField(host, field);
    desk.step(field, by);
  };
  const moving = [
    command("go.span.next", step(1)),
    command("go.span.previous", step(-1)),
    pressing("list.earlier"),
    pressing("list.later"),
  ];
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

function historyCommands({ store, readOnly, announce }: AnswerContext): readonly Command[] {
  if (readOnly) return [];
  const tell = (key: "edit.undone" | "edit.redone", change: Change | null): void => {
    if (change) announce(t(key, { words: tellStep(store, change) }));
  };
  return [
    command(
      "edit.undo",
      () => tell("edit.undone", store.undo()),
      () => store.canUndo.peek(),
    ),
    command(
      "edit.redo",
      () => tell("edit.redone", store.redo()),
      () => store.canRedo.peek(),
    ),
  ];
}

/** Questions whose answer can be taken back by a button. */
const CLEARED: ReadonlySet<Tag> = new Set(["rating", "datetime"]);

function clearCommands({ store, readOnly }: AnswerContext): readonly Command[] {
  const clears = !readOnly && store.schema.questions.some((one) => CLEARED.has(tagOf(one)));
  return clears ? [pressing("answer.clear")] : [];
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
  return () => void openAskedDialog(host, name);
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
  const openSearch = async (): Promise<void> => {
    if (await needPacks(["aside"])) await panel()?.focusSearch();
  };
  const search = command("guideline.search", () => void holdingKeys(openSearch));
  const copy = command(
    "guideline.copy",
    () => void panel()?.copyHere?.(),
    () => panel()?.clauseHere?.() !== undefined,
  );
  if (guideline.read === undefined) return [shown, search, copy];
  const unread = (): boolean => guideline.read !== guideline.version || hasChanged(guideline, project.id);
  return [shown, search, copy, command("guideline.read", () => void panel()?.markRead?.(), unread)];
}

/** What every desk can do, whatever lies on it. */
export function deskCommands(host: HTMLElement, context: AnswerContext | null): readonly Command[] {
  const own = context
    ? [
        ...labelCommands(context),
        ...historyCommands(context),
        ...clearCommands(context),
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
    pressing("trouble.close"),
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
