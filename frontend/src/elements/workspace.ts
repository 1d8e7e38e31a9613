import { effect, signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Command } from "../core/commands";
import type { SkipReason, Work } from "../core/contracts";
import type { Letter } from "../core/device";
import { LabelKeys } from "../core/keymap";
import { columns } from "../core/layout";
import { labelInHand } from "../core/offered";
import { LabelSession } from "../core/session";
import { SpanDesk } from "../core/span-desk";
import type { Place, Task } from "../core/task";
import type { Transport } from "../core/transport";
import { whenIdle } from "../dom/idle";
import { t } from "../i18n";
import { guidelineOpen, keyChoices, wordSnap } from "../preferences";
import { takePlace } from "../transport/place";
import { Announcer, tellSpan } from "./announcer";
import { versionsCommand, versionsDialog } from "./authoring/versions-button";
import { AssayElement, focusIfLost } from "./base";
import type { AnswerContext } from "./context";
import { deskCommands, guidelineCommands, keyDialogs } from "./desk-commands";
import { openAskedDialog, openDialog } from "./dialog";
import { ExamClock } from "./exam-clock";
import { changedNotice } from "./guideline-state";
import { embedded, showAddress, transportOf } from "./host";
import { addCommands } from "./keyboard";
import { areHere, loadPacks, needPacks, packsToWork } from "./packs";
import { questionsPane, textPane } from "./panes";
import { Presence } from "./presence";
import { focusQuestion, focusWork } from "./question-focus";
import { returnedAlerts, troubleAlert } from "./trouble";
import {
  brokenDesk,
  comingDesk,
  emptyDesk,
  moreTimeButton,
  workspaceBar,
  workspaceNotices,
} from "./workspace-bar";
import { emptyDeskCommands, workspaceCommands } from "./workspace-commands";
import { hasReasons, type News, workspaceHead } from "./workspace-head";

const SHORT = 5;
/** Milliseconds after which what is seldom needed is loaded. */
const LATER = 10_000;

/** The annotator's desk: one item, its questions, its draft; then the next one. */
export class WorkspaceElement extends AssayElement {
  /** May be set before the element is connected; else made from `data-api`. */
  transport: Transport | null = null;
  readonly #announcer = new Announcer();
  readonly #notice = signal<string | null>(null);
  readonly #opening = signal(false);
  /** Answers that came back whose alert was closed. */
  readonly #hidden = signal<ReadonlySet<string>>(new Set());
  readonly #presence = new Presence(() => this.#session);
  readonly #clock = new ExamClock(this.#announcer.say, () => void this.#endExam());
  #session: LabelSession | null = null;
  /** A notice that the next item to be shown takes with it. */
  #untold = false;
  #later: ReturnType<typeof setTimeout> | undefined;
  #context: { readonly task: Task; readonly context: AnswerContext } | null = null;
  #stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    const work = embedded<Work>("work");
    if (work && !this.#session) void this.#begin(work);
    this.#stops.push(addCommands(this.#commands));
    this.#presence.start(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#presence.stop();
    this.#clock.stop();
    clearTimeout(this.#later);
    for (const stop of this.#stops.splice(0)) stop();
  }

  /** What this browser has kept of the work is read before the item is shown. */
  async #begin(work: Work): Promise<void> {
    this.#opening.value = true;
    const packs = packsToWork(work);
    const first = needPacks(guidelineOpen.peek() ? [...packs, "aside"] : packs);
    try {
      const [place] = await Promise.all([takePlace(this.dataset.account ?? ""), first]);
      if (this.isConnected && !this.#session) this.#open(work, place);
    } finally {
      this.#opening.value = false;
    }
    await this.updateComplete;
    focusWork(this);
    whenIdle(() => void loadPacks(["aside"]));
    // Seldom needed, and perhaps where there is no network any more.
    this.#later = setTimeout(() => void loadPacks(["stale"]), LATER);
  }

  #open(work: Work, place: Place): void {
    const events = {
      // Before it is shown, so that it is painted at once.
      made: (next: Work) => void loadPacks(packsToWork(next)),
      moved: (next: Work | null) => void this.#moved(next),
      delivered: (_letter: Letter, surplus: boolean) => this.#delivered(surplus),
      returned: (letter: Letter) => this.#announcer.say(t("returned.title", { item: letter.title })),
    };
    const session = new LabelSession(work, this.transport ?? transportOf(this), events, place);
    this.#session = session;
    this.#stops.push(() => session.stop());
    this.#clock.start(work);
    this.#stops.push(
      effect(() => {
        const task = session.task.value;
        const context = task ? this.#contextOf(task) : null;
        const event = context?.desk.event.value;
        if (context && event) this.#announcer.say(tellSpan(context.store, event));
      }),
      effect(() => {
        const task = session.task.value;
        if (task && (task.autosave.state.value.kind === "stale" || session.notSubmitted(task)))
          void needPacks(["stale"]);
      }),
    );
  }

  #contextOf(task: Task): AnswerContext {
    if (this.#context?.task !== task) {
      const language = task.work.item.language ?? "";
      const desk = new SpanDesk(task.store, { suggestions: task.suggestions, wordSnap, language });
      if (!task.readOnly) desk.active.value = labelInHand(task.store);
      const context = {
        store: task.store,
        desk,
        keys: new LabelKeys(task.store.schema.questions, task.work.project.id, keyChoices),
        readOnly: task.readOnly,
        language,
        announce: this.#announcer.say,
      };
      this.#context = { task, context };
    }
    return this.#context.context;
  }

  protected override render(): TemplateResult {
    const session = this.#session;
    if (!session) return this.#opening.value ? html`` : brokenDesk(this.#home);
    const task = session.task.value;
    return html`
      <p class="visually-hidden" role="status" aria-live="polite">${this.#announcer.words.value}</p>
      ${this.#trouble(session)}
      ${task ? this.#shown(session, task) : emptyDesk(session, this.#home, this.#notice.value)}
    `;
  }

  /** Without its controls an item cannot be answered: it is shown once they are all here. */
  #shown(session: LabelSession, task: Task): TemplateResult {
    return areHere(packsToWork(task.work)) ? html`${keyed(task, this.#desk(session, task))}` : comingDesk();
  }

  #desk(session: LabelSession, task: Task): TemplateResult {
    const context = this.#contextOf(task);
    const { work } = task;
    const { text, questions } = columns(work.schema);
    const trouble = session.trouble.value;
    const missing = trouble?.kind === "incomplete" ? trouble.questions : [];
    // What is changed now would be in no answer.
    const isSent = session.activity.value === "submitting";
    return html`
      <div class="ws ${guidelineOpen.value && work.guideline ? "has-guideline" : ""}">
        ${workspaceHead(session, task, this.#clock, this.#news)} ${this.#notices(task)} ${this.#more(task)}
        ${changedNotice(work.guideline, work.project.id)}
        <div class="ws-columns">
          ${this.#guideline(work)}
          <section class="ws-text" aria-label=${t("work.text")} ?inert=${isSent}>${textPane(context, text)}</section>
          <section class="ws-side" aria-label=${t("work.questions")}>
            <h2 class="visually-hidden">${t("work.questions")}</h2>
            <div class="ws-questions" ?inert=${isSent}>${questionsPane(context, questions, missing)}</div>
            ${workspaceBar(session, task, this.#home)}
          </section>
        </div>
        <assay-skip-dialog .exam=${Boolean(work.exam)} .skip=${(reason: SkipReason, note: string) => void session.skip(reason, note)}></assay-skip-dialog>
        ${hasReasons(work) ? html`<assay-why-dialog .work=${work}></assay-why-dialog>` : nothing}
        <assay-stale-dialog .task=${task}></assay-stale-dialog>
        ${this.#otherAnswer(session, task)} ${versionsDialog(task, this.#announcer.say)}
        ${keyDialogs()}
      </div>
    `;
  }

  #otherAnswer(session: LabelSession, task: Task): TemplateResult | typeof nothing {
    const letter = session.notSubmitted(task);
    if (!letter) return nothing;
    return html`<assay-other-answer .task=${task} .letter=${letter} .discard=${(one: Letter) => session.discard(one)}></assay-other-answer>`;
  }

  /** The time that is left is shown when it gets short, with a way to have more. */
  #short(task: Task): number | null {
    const minutes = this.#presence.minutesLeft(task);
    return task.readOnly || task.work.exam || minutes === null || minutes > SHORT ? null : minutes;
  }

  #more(task: Task): TemplateResult | typeof nothing {
    return this.#short(task) && task.lease.more > 0 ? moreTimeButton() : nothing;
  }

  #notices(task: Task): TemplateResult {
    const minutes = this.#short(task);
    const lease = minutes === null ? null : minutes > 0 ? t("lease.soon", { n: minutes }) : t("lease.over");
    const { ignored } = task.store;
    return workspaceNotices([
      task.readOnly ? t("work.submitted") : null,
      this.#notice.value,
      ignored > 0 ? t("work.ignored", { n: ignored }) : null,
      lease,
    ]);
  }

  #guideline(work: Work): TemplateResult | typeof nothing {
    if (!work.guideline) return nothing;
    return html`<assay-guideline .guideline=${work.guideline} .project=${work.project.id} .announce=${this.#announcer.say}></assay-guideline>`;
  }

  get #news(): News | null {
    const { news, feedback } = this.dataset;
    return feedback ? { href: feedback, count: Number(news ?? 0) } : null;
  }

  /** Read by the table of commands, again when another item is on the desk. */
  #commands = (): readonly Command[] => {
    const session = this.#opening.value ? null : this.#session;
    const task = session?.task.value;
    const rests = session?.activity.value === "submitting" || !task || !areHere(packsToWork(task.work));
    if (!session || !task || rests)
      return [...(session ? emptyDeskCommands(session) : []), ...deskCommands(this, null)];
    const news = this.#news;
    return [
      ...workspaceCommands(session, task, {
        submit: () => void this.#submit(),
        skip: this.#skip,
        why: this.#openWhy,
        more: () => void this.#moreTime(),
        isShort: () => this.#short(task) !== null,
        feedback: news ? () => location.assign(news.href) : null,
      }),
      ...versionsCommand(this, task),
      ...guidelineCommands(this, task.work),
      ...deskCommands(this, this.#contextOf(task)),
    ];
  };

  get #home(): string {
    return this.dataset.home ?? "/";
  }

  #trouble(session: LabelSession): TemplateResult {
    const hide = (letter: Letter): void => {
      this.#hidden.value = new Set([...this.#hidden.value, letter.assignment]);
    };
    const returned = returnedAlerts(session, this.#hidden.value, hide);
    return troubleAlert(session.trouble.value, this.#home, () => session.dismissTrouble(), returned);
  }

  /** Told at once, and with the next item where that comes with the server's answer. */
  #delivered(surplus: boolean): void {
    if (!surplus) return;
    this.#notice.value = t("work.surplus");
    this.#untold = this.#session?.activity.peek() !== "idle";
  }

  async #moved(work: Work | null): Promise<void> {
    const waits = this.#session?.activity.peek() === "waiting";
    if (!work && !waits && this.dataset.after) {
      location.assign(this.dataset.after);
      return;
    }
    if (!this.#untold) this.#notice.value = null;
    this.#untold = false;
    if (work) showAddress(this.dataset.path ?? "/label/{id}/", work.assignment);
    this.#announcer.say(work ? t("work.moved") : waits ? t("outbox.kept.title") : t("empty.title"));
    if (work) await needPacks(packsToWork(work));
    await this.updateComplete;
    window.scrollTo({ top: 0, behavior: "instant" });
    focusWork(this);
  }

  /** What is on the desk is kept as a draft, and counts as not answered: the server takes no answer any more. */
  async #endExam(): Promise<void> {
    this.#announcer.say(t("exam.over"));
    await this.#session?.task.peek()?.autosave.close();
    if (this.dataset.after) location.assign(this.dataset.after);
  }

  #submit = async (): Promise<void> => {
    const task = this.#session?.task.peek();
    if (task?.autosave.state.peek().kind === "stale") {
      this.#announcer.say(t("trouble.stale"));
      void openDialog(this, "assay-stale-dialog", "stale");
    }
    const focused = document.activeElement;
    const open = await this.#session?.submit();
    const now = this.#session?.task.peek();
    // While an answer is on its way nothing here has the focus.
    await this.updateComplete;
    if (open && now) focusQuestion(this, this.#contextOf(now), open);
    else if (now === task && document.activeElement === document.body)
      (focused as HTMLElement | null)?.focus();
  };

  #skip = (): void => {
    void openAskedDialog(this, "assay-skip-dialog");
  };

  #openWhy = (): void => {
    void openAskedDialog(this, "assay-why-dialog");
  };

  #moreTime = async (): Promise<void> => {
    const n = (await this.#session?.moreTime()) ?? 0;
    if (n > 0) this.#announcer.say(t("lease.extended", { n }));
    // There is time again, and the button goes.
    void focusIfLost(this);
  };
}
