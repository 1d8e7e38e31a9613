import { effect, signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Question, SkipReason, Work } from "../core/contracts";
import { LabelSession } from "../core/session";
import { SpanDesk } from "../core/span-desk";
import type { Task } from "../core/task";
import type { Transport } from "../core/transport";
import { t } from "../i18n";
import { guidelineOpen } from "../preferences";
import { Announcer, tellSpan } from "./announcer";
import { AssayElement } from "./base";
import type { AnswerContext } from "./context";
import type { DialogElement } from "./dialog";
import { ExamClock } from "./exam-clock";
import { guidelineButton, guidelinePanel } from "./guideline";
import { embedded, showAddress, transportOf } from "./host";
import { GUIDELINE_KEY, pageKey } from "./keyboard";
import { columns, questionsPane, textPane } from "./panes";
import { icon, keys, shortcut } from "./parts";
import { Presence } from "./presence";
import type { QuestionElement } from "./question";
import { saveState } from "./save-state";
import type { TextEditorElement } from "./text-editor";
import { troubleAlert } from "./trouble";

const SKIP_KEY = "s";
const WHY_KEY = "y";
const MORE_KEY = "m";
const SHORT = 5;

function hasReasons(work: Work): boolean {
  return !work.exam && work.reasons.length > 0;
}

/** The annotator's desk: one item, its questions, its draft; then the next one. */
export class WorkspaceElement extends AssayElement {
  /** May be set before the element is connected; else made from `data-api`. */
  transport: Transport | null = null;
  readonly #announcer = new Announcer();
  readonly #notice = signal<string | null>(null);
  readonly #presence = new Presence(() => this.#session?.task.peek() ?? null);
  readonly #clock = new ExamClock(this.#announcer.say, () => void this.#endExam());
  #session: LabelSession | null = null;
  #context: { readonly task: Task; readonly context: AnswerContext } | null = null;
  #stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    const work = embedded<Work>("work");
    if (work && !this.#session) this.#open(work);
    document.addEventListener("keydown", this.#onKey);
    this.#presence.start(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.#onKey);
    this.#presence.stop();
    this.#clock.stop();
    for (const stop of this.#stops.splice(0)) stop();
  }

  #open(work: Work): void {
    const session = new LabelSession(work, this.transport ?? transportOf(this), {
      moved: (next, surplus) => void this.#moved(next, surplus),
    });
    this.#session = session;
    this.#clock.start(work);
    this.#stops.push(
      effect(() => {
        const task = session.task.value;
        const context = task ? this.#contextOf(task) : null;
        const event = context?.desk.event.value;
        if (context && event) this.#announcer.say(tellSpan(context.store, event));
      }),
    );
    this.#noteIgnored();
    void this.updateComplete.then(() => this.#focusWork());
  }

  #contextOf(task: Task): AnswerContext {
    if (this.#context?.task !== task) {
      const context = {
        store: task.store,
        desk: new SpanDesk(task.store),
        keys: task.keys,
        readOnly: task.readOnly,
        language: task.work.item.language ?? "",
        announce: this.#announcer.say,
      };
      this.#context = { task, context };
    }
    return this.#context.context;
  }

  protected override render(): TemplateResult {
    const session = this.#session;
    if (!session) return this.#broken();
    const task = session.task.value;
    return html`
      <p class="visually-hidden" role="status" aria-live="polite">${this.#announcer.words.value}</p>
      ${troubleAlert(session.trouble.value, this.#home, () => session.dismissTrouble())}
      ${task ? keyed(task, this.#desk(session, task)) : this.#empty(session)}
    `;
  }

  #desk(session: LabelSession, task: Task): TemplateResult {
    const context = this.#contextOf(task);
    const { work } = task;
    const { text, questions } = columns(work.schema);
    const trouble = session.trouble.value;
    const missing = trouble?.kind === "incomplete" ? trouble.questions : [];
    return html`
      <div class="ws ${guidelineOpen.value && work.guideline ? "has-guideline" : ""}">
        ${this.#head(task)} ${this.#notices(task)} ${this.#more(task)}
        <div class="ws-columns">
          ${guidelinePanel(work.guideline)}
          <section class="ws-text" aria-label=${t("work.text")}>${textPane(context, text, work.item.data)}</section>
          <section class="ws-side" aria-label=${t("work.questions")}>
            <h2 class="visually-hidden">${t("work.questions")}</h2>
            <div class="ws-questions">${questionsPane(context, questions, missing)}</div>
            ${this.#bar(session, task)}
          </section>
        </div>
        <assay-skip-dialog .exam=${Boolean(work.exam)} .skip=${(reason: SkipReason, note: string) => void session.skip(reason, note)}></assay-skip-dialog>
        ${hasReasons(work) ? html`<assay-why-dialog .work=${work}></assay-why-dialog>` : nothing}
        <assay-stale-dialog .task=${task}></assay-stale-dialog>
        <assay-help-sheet
          .questions=${work.schema.questions}
          .labelKeys=${task.keys}
          .general=${this.#generalKeys(task)}
        ></assay-help-sheet>
      </div>
    `;
  }

  #head(task: Task): TemplateResult {
    const { work, store } = task;
    return html`
      <header class="ws-head">
        <div class="ws-title">
          <h1 tabindex="-1">${work.project.name}</h1>
          ${
            work.exam
              ? this.#clock.head(work)
              : html`<span class="ws-left">${work.left > 0 ? t("work.left", { n: work.left }) : t("work.last")}</span>`
          }
          ${this.#why(task)}
        </div>
        <div class="ws-tools">
          ${task.readOnly ? nothing : saveState(task.autosave.state.value)}
          ${
            task.readOnly
              ? nothing
              : html`
                  <button type="button" class="icon-button" aria-label=${t("work.undo")} title=${t("work.undo")}
                    aria-keyshortcuts="Control+Z" ?disabled=${!store.canUndo.value} @click=${() => store.undo()}>${icon("undo")}</button>
                  <button type="button" class="icon-button" aria-label=${t("work.redo")} title=${t("work.redo")}
                    aria-keyshortcuts="Control+Shift+Z" ?disabled=${!store.canRedo.value} @click=${() => store.redo()}>${icon("redo")}</button>
                `
          }
          ${guidelineButton(work.guideline, task.keys.free(GUIDELINE_KEY))}
          <button type="button" class="button small quiet" aria-haspopup="dialog" aria-keyshortcuts="?" @click=${this.#help}>
            ${icon("keyboard")}<span class="wide-only">${t("work.help")}</span>${keys("?")}
          </button>
        </div>
      </header>
    `;
  }

  #why(task: Task): TemplateResult | typeof nothing {
    if (!hasReasons(task.work)) return nothing;
    const key = task.keys.free(WHY_KEY);
    return html`
      <button type="button" class="ws-why" aria-haspopup="dialog" aria-keyshortcuts=${shortcut(key)}
        @click=${this.#openWhy}>${t("work.why")}${keys(key)}</button>
    `;
  }

  /** The time that is left is shown when it gets short, with a way to have more. */
  #short(task: Task): number | null {
    const minutes = this.#presence.minutesLeft(task);
    return task.readOnly || task.work.exam || minutes === null || minutes > SHORT ? null : minutes;
  }

  #more(task: Task): TemplateResult | typeof nothing {
    if (!this.#short(task) || task.lease.more === 0) return nothing;
    const key = task.keys.free(MORE_KEY);
    return html`
      <div class="ws-more">
        <button type="button" class="button small" aria-keyshortcuts=${shortcut(key)} @click=${this.#moreTime}>
          ${t("lease.more")}${keys(key)}
        </button>
      </div>
    `;
  }

  #notices(task: Task): TemplateResult {
    const minutes = this.#short(task);
    const lease = minutes === null ? null : minutes > 0 ? t("lease.soon", { n: minutes }) : t("lease.over");
    const all = [task.readOnly ? t("work.submitted") : null, this.#notice.value, lease].filter(
      (one) => one !== null,
    );
    return html`<div class="ws-notices" role="status">${all.map((words) => html`<p class="notice">${words}</p>`)}</div>`;
  }

  #bar(session: LabelSession, task: Task): TemplateResult {
    const activity = session.activity.value;
    const busy = activity !== "idle";
    if (task.readOnly) {
      return html`<div class="ws-bar">
        <a class="button" href=${this.#home}>${t("empty.home")}</a>
        <button type="button" class="button primary" ?disabled=${busy} @click=${() => void session.lookForNext()}>${t("work.next")}</button>
      </div>`;
    }
    return html`
      <div class="ws-bar">
        <button type="button" class="button" aria-haspopup="dialog" aria-keyshortcuts=${shortcut(task.keys.free(SKIP_KEY))}
          ?disabled=${busy} @click=${this.#skip}>${t("work.skip")}${keys(task.keys.free(SKIP_KEY))}</button>
        <button type="button" class="button primary grow" aria-keyshortcuts="Control+Enter"
          aria-disabled=${busy ? "true" : "false"} @click=${this.#submit}>
          ${activity === "submitting" ? t("work.submitting") : t("work.submit")}${keys("ctrl+enter")}
        </button>
      </div>
    `;
  }

  #empty(session: LabelSession): TemplateResult {
    const looking = session.activity.value === "looking";
    return html`
      <div class="ws-empty">
        <h1 tabindex="-1">${t("empty.title")}</h1>
        <p class="secondary">${t("empty.body")}</p>
        ${this.#notice.value ? html`<p class="notice">${this.#notice.value}</p>` : nothing}
        <div class="actions">
          <a class="button primary" href=${this.#home}>${t("empty.home")}</a>
          <button type="button" class="button" ?disabled=${looking} @click=${() => void session.lookForNext()}>
            ${looking ? t("empty.looking") : t("empty.look")}
          </button>
        </div>
      </div>
    `;
  }

  #broken(): TemplateResult {
    return html`<div class="ws-empty" role="alert">
      <p>${t("trouble.load")}</p>
      <p class="secondary">${t("trouble.load.action")}</p>
      <a class="button" href=${this.#home}>${t("empty.home")}</a>
    </div>`;
  }

  get #home(): string {
    return this.dataset.home ?? "/";
  }

  async #moved(work: Work | null, surplus: boolean): Promise<void> {
    if (!work && this.dataset.after) {
      location.assign(this.dataset.after);
      return;
    }
    this.#notice.value = surplus ? t("work.surplus") : null;
    if (work) showAddress(this.dataset.path ?? "/label/{id}/", work.assignment);
    this.#noteIgnored();
    this.#announcer.say(work ? t("work.moved") : t("empty.title"));
    await this.updateComplete;
    window.scrollTo({ top: 0, behavior: "instant" });
    this.#focusWork();
  }

  /** What is on the desk is kept as a draft, and counts as not answered: the server takes no answer any more. */
  async #endExam(): Promise<void> {
    this.#announcer.say(t("exam.over"));
    await this.#session?.task.peek()?.autosave.close();
    if (this.dataset.after) location.assign(this.dataset.after);
  }

  #noteIgnored(): void {
    const n = this.#session?.task.peek()?.store.ignored ?? 0;
    if (n > 0) this.#notice.value = t("work.ignored", { n });
  }

  /** Where work begins: in the text when spans are asked for, else at the heading, where all keys work too. */
  #focusWork(): void {
    const text = this.querySelector<TextEditorElement>("assay-text-editor");
    if (text) void text.updateComplete.then(() => text.focusText());
    else this.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }

  #submit = async (): Promise<void> => {
    const task = this.#session?.task.peek();
    if (task?.autosave.state.peek().kind === "stale") this.#announcer.say(t("trouble.stale"));
    const open = await this.#session?.submit();
    if (open) this.#focusQuestion(open);
  };

  #focusQuestion(question: Question): void {
    const box = this.querySelector(`[data-question="${CSS.escape(question.key)}"]`);
    if (question.kind === "spans") this.#focusWork();
    else (box?.parentElement as QuestionElement | null)?.focusControl();
  }

  #skip = (): void => {
    void this.querySelector<DialogElement>("assay-skip-dialog")?.open();
  };

  #openWhy = (): void => {
    void this.querySelector<DialogElement>("assay-why-dialog")?.open();
  };

  #moreTime = async (): Promise<void> => {
    const n = (await this.#session?.moreTime()) ?? 0;
    if (n > 0) this.#announcer.say(t("lease.extended", { n }));
  };

  #help = (): void => {
    void this.querySelector<DialogElement>("assay-help-sheet")?.open();
  };

  #generalKeys(task: Task): readonly (readonly [string | undefined, string])[] {
    const own: readonly (readonly [string, string])[] = [
      [SKIP_KEY, t("help.skip")],
      [MORE_KEY, t("help.more")],
      [WHY_KEY, t("help.why")],
    ];
    return [["ctrl+enter", t("help.submit")], ...own.filter(([key]) => task.keys.free(key))];
  }

  #onKey = (event: KeyboardEvent): void => {
    const task = this.#session?.task.peek();
    if (!task) return;
    const everywhere = { "ctrl+enter": () => void this.#submit() };
    const why = hasReasons(task.work) ? { [WHY_KEY]: this.#openWhy } : {};
    const more = this.#short(task) ? { [MORE_KEY]: this.#moreTime } : {};
    const plain = task.readOnly ? why : { [SKIP_KEY]: this.#skip, ...why, ...more };
    pageKey({ context: this.#contextOf(task), everywhere, plain, help: this.#help }, event);
  };
}
