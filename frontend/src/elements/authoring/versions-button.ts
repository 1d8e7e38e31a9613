import { html, nothing, type TemplateResult } from "lit";
import type { Command } from "../../core/commands";
import type { Task } from "../../core/task";
import { isWritten } from "../../core/versions";
import { t } from "../../i18n";
import { capsOf, shortcutOf } from "../command-parts";
import { openDialog } from "../dialog";
import { commands, pressing } from "../keyboard";

/** The work of a page that stores nothing. */
const TRIED = "try";
const OPEN = "work.versions";

/** Whether the draft on the desk has versions that can be looked at. */
function has(task: Task): boolean {
  return !task.readOnly && task.work.assignment !== TRIED && !task.work.exam && isWritten(task.work.schema);
}

/** Opens the versions of what is written. */
export function versionsCommand(host: HTMLElement, task: Task): readonly Command[] {
  if (!has(task)) return [];
  return [
    {
      id: OPEN,
      words: { key: "versions.open" },
      group: { key: "write.group" },
      keys: ["alt+shift+v"],
      whileTyping: true,
      run: () => show(host),
    },
    step(host, "versions.keep"),
    step(host, "versions.take"),
  ];
}

function show(host: HTMLElement): void {
  void openDialog(host, "assay-versions", "versions");
}

/** Presses a button of the versions; while they are not in sight it shows them, to be looked at first. */
function step(host: HTMLElement, id: "versions.keep" | "versions.take"): Command {
  const { run, possible, ...rest } = pressing(id);
  const isOpen = (): boolean => host.querySelector("assay-versions dialog[open]") !== null;
  return {
    ...rest,
    possible: () => !isOpen() || possible?.() !== false,
    run: () => (isOpen() ? run() : show(host)),
  };
}

export function versionsButton(task: Task): TemplateResult | typeof nothing {
  if (!has(task)) return nothing;
  return html`<button type="button" class="button small quiet" aria-haspopup="dialog" aria-keyshortcuts=${shortcutOf(OPEN)}
    @click=${() => commands.run(OPEN)}>${t("versions.short")}${capsOf(OPEN)}</button>`;
}

export function versionsDialog(
  task: Task,
  announce: (message: string) => void,
): TemplateResult | typeof nothing {
  return has(task) ? html`<assay-versions .task=${task} .announce=${announce}></assay-versions>` : nothing;
}
