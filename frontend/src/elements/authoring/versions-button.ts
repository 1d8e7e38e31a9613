import { html, nothing, type TemplateResult } from "lit";
import type { Command } from "../../core/commands";
import type { Task } from "../../core/task";
import { isWritten } from "../../core/versions";
import { t } from "../../i18n";
import { capsOf, shortcutOf } from "../command-parts";
import { openDialog } from "../dialog";
import { commands } from "../keyboard";

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
      run: () => void openDialog(host, "assay-versions", "versions"),
    },
  ];
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
