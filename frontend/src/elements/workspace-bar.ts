import { html, nothing, type TemplateResult } from "lit";
import type { Link } from "../core/outbox";
import type { LabelSession } from "../core/session";
import type { Task } from "../core/task";
import { type Key, t } from "../i18n";
import { capsOf, shortcutOf } from "./command-parts";
import { commands } from "./keyboard";
import { outboxWords } from "./save-state";

/** The last word about an item: skip or submit; of a submitted one: on to the next. */
export function workspaceBar(session: LabelSession, task: Task, home: string): TemplateResult {
  const activity = session.activity.value;
  const busy = activity !== "idle";
  if (task.readOnly) {
    return html`<div class="ws-bar">
      <a class="button" href=${home}>${t("empty.home")}</a>
      <button type="button" class="button primary" aria-disabled=${busy ? "true" : "false"} aria-keyshortcuts=${shortcutOf("work.next")} @click=${() => void session.lookForNext()}>${t("work.next")}${capsOf("work.next")}</button>
    </div>`;
  }
  return html`
    <div class="ws-bar">
      <button type="button" class="button" aria-haspopup="dialog" aria-keyshortcuts=${shortcutOf("work.skip")}
        aria-disabled=${busy ? "true" : "false"} @click=${() => commands.run("work.skip")}>${t("work.skip")}${capsOf("work.skip")}</button>
      <button type="button" class="button primary grow" aria-keyshortcuts=${shortcutOf("work.submit")}
        aria-disabled=${busy ? "true" : "false"} @click=${() => commands.run("work.submit")}>
        ${activity === "submitting" ? t("work.submitting") : t("work.submit")}${capsOf("work.submit")}
      </button>
    </div>
  `;
}

/** What is to be known about the item before work begins. */
export function workspaceNotices(notices: readonly (string | null)[]): TemplateResult {
  const said = notices.filter((one) => one !== null);
  return html`<div class="ws-notices" role="status">${said.map((words) => html`<p class="notice">${words}</p>`)}</div>`;
}

/** Asks for more time. */
export function moreTimeButton(): TemplateResult {
  return html`
    <div class="ws-more">
      <button type="button" class="button small" aria-keyshortcuts=${shortcutOf("work.more")} @click=${() => commands.run("work.more")}>
        ${t("lease.more")}${capsOf("work.more")}
      </button>
    </div>
  `;
}

/** Until when an answer is kept here. */
const WAITS_FOR = {
  up: "outbox.kept.body",
  down: "outbox.kept.body",
  signed_out: "outbox.signedOut.body",
  failing: "outbox.failing.body",
} as const satisfies Record<Link, Key>;

/** The desk while an answer is kept here and nothing else can be shown. */
function waitingDesk(session: LabelSession, home: string): TemplateResult {
  const said = outboxWords(session.outbox, session.lasting);
  return html`
    <div class="ws-empty" data-waiting>
      <h1 tabindex="-1">${t("outbox.kept.title")}</h1>
      ${said ? html`<p class="notice" role="status">${said.words}</p>` : nothing}
      <p class="secondary">${t(WAITS_FOR[session.outbox.link.value])}</p>
      <div class="actions">
        <button type="button" class="button primary" data-does="work.retry" aria-keyshortcuts=${shortcutOf("work.retry")} @click=${() => void session.outbox.flush()}>${t("outbox.again")}${capsOf("work.retry")}</button>
        <a class="button" href=${home} ?hidden=${!session.lasting}>${t("empty.home")}</a>
      </div>
    </div>
  `;
}

/** The desk with nothing on it. */
export function emptyDesk(session: LabelSession, home: string, notice: string | null): TemplateResult {
  if (session.activity.value === "waiting") return waitingDesk(session, home);
  const looking = session.activity.value === "looking";
  return html`
    <div class="ws-empty">
      <h1 tabindex="-1">${t("empty.title")}</h1>
      <p class="secondary">${t("empty.body")}</p>
      ${notice ? html`<p class="notice">${notice}</p>` : nothing}
      <div class="actions">
        <a class="button primary" href=${home}>${t("empty.home")}</a>
        <button type="button" class="button" data-does="work.next" aria-keyshortcuts=${shortcutOf("work.next")} aria-disabled=${looking ? "true" : "false"} @click=${() => void session.lookForNext()}>
          ${looking ? t("empty.looking") : t("empty.look")}${capsOf("work.next")}
        </button>
      </div>
    </div>
  `;
}

/** The item is here, and what shows it is on its way. */
export function comingDesk(): TemplateResult {
  return html`<div class="ws-empty"><h1 tabindex="-1">${t("work.coming")}</h1></div>`;
}

/** The page brought nothing that can be shown. */
export function brokenDesk(home: string): TemplateResult {
  return html`<div class="ws-empty" role="alert">
    <p>${t("trouble.load")}</p>
    <p class="secondary">${t("trouble.load.action")}</p>
    <a class="button" href=${home}>${t("empty.home")}</a>
  </div>`;
}
