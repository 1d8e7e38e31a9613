import { html, nothing, type TemplateResult } from "lit";
import type { Work } from "../core/contracts";
import type { LabelSession } from "../core/session";
import type { AnswerStore } from "../core/store";
import type { Task } from "../core/task";
import { t } from "../i18n";
import { versionsButton } from "./authoring/versions-button";
import { capsOf, shortcutOf, tip } from "./command-parts";
import type { ExamClock } from "./exam-clock";
import { guidelineButton } from "./guideline-state";
import { commands } from "./keyboard";
import { icon } from "./parts";
import { saveState } from "./save-state";

/** What the page says about what became of one's answers. */
export interface News {
  readonly href: string;
  /** Items settled since one last looked. */
  readonly count: number;
}

/** Whether there is something to say about why the expert got the item. */
export function hasReasons(work: Work): boolean {
  return !work.exam && work.reasons.length > 0;
}

/** The line above the desk: what is worked on, how much is left, whether it is saved, and the tools. */
export function workspaceHead(
  session: LabelSession,
  task: Task,
  clock: ExamClock,
  news: News | null,
): TemplateResult {
  const { work } = task;
  return html`
    <header class="ws-head">
      <div class="ws-title">
        <h1 tabindex="-1">${work.project.name}</h1>
        ${
          work.exam
            ? clock.head(work)
            : html`<span class="ws-left">${work.left > 0 ? t("work.left", { n: work.left }) : t("work.last")}</span>`
        }
        ${why(task)}
      </div>
      <div class="ws-tools">
        ${task.readOnly ? nothing : html`${saveState(task.autosave.state.value, session.outbox, session.lasting)}${historyTools(task)}`}
        ${versionsButton(task)}
        ${news && !work.exam ? newsLink(news) : nothing}
        ${guidelineButton(work.guideline, work.project.id)} ${keyTools()}
      </div>
    </header>
  `;
}

/** Undo and redo: they keep the focus when there is nothing left to take back. */
export function historyTools({ store }: { readonly store: AnswerStore }): TemplateResult {
  return html`
    <button type="button" class="icon-button" aria-label=${t("work.undo")} title=${tip(t("work.undo"), "edit.undo")}
      aria-keyshortcuts=${shortcutOf("edit.undo")} aria-disabled=${store.canUndo.value ? "false" : "true"} @click=${() => commands.run("edit.undo")}>${icon("undo")}${capsOf("edit.undo")}</button>
    <button type="button" class="icon-button" aria-label=${t("work.redo")} title=${tip(t("work.redo"), "edit.redo")}
      aria-keyshortcuts=${shortcutOf("edit.redo")} aria-disabled=${store.canRedo.value ? "false" : "true"} @click=${() => commands.run("edit.redo")}>${icon("redo")}${capsOf("edit.redo")}</button>
  `;
}

function why(task: Task): TemplateResult | typeof nothing {
  if (!hasReasons(task.work)) return nothing;
  return html`
    <button type="button" class="ws-why" aria-haspopup="dialog" aria-keyshortcuts=${shortcutOf("look.why")}
      @click=${() => commands.run("look.why")}>${t("work.why")}${capsOf("look.why")}</button>
  `;
}

/** The palette and the sheet of keys. */
export function keyTools(): TemplateResult {
  return html`
    <button type="button" class="button small quiet" aria-haspopup="dialog" aria-label=${t("palette.open")}
      title=${tip(t("palette.open"), "look.palette")} aria-keyshortcuts=${shortcutOf("look.palette")}
      @click=${() => commands.run("look.palette")}>${icon("search")}${capsOf("look.palette")}</button>
    <button type="button" class="button small quiet" aria-haspopup="dialog" aria-keyshortcuts=${shortcutOf("look.help")}
      @click=${() => commands.run("look.help")}>
      ${icon("keyboard")}<span class="wide-only">${t("work.help")}</span>${capsOf("look.help")}
    </button>
  `;
}

function newsLink({ href, count }: News): TemplateResult {
  const name = count > 0 ? t("go.feedback.news", { n: count }) : t("go.feedback");
  return html`<a class="button small quiet" href=${href} aria-label=${name} title=${tip(name, "go.feedback")}
    aria-keyshortcuts=${shortcutOf("go.feedback")}>${icon("inbox")}${count > 0 ? html`<span class="badge">${count}</span>` : nothing}${capsOf("go.feedback")}</a>`;
}
