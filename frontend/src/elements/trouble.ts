import { html, nothing, type TemplateResult } from "lit";
import type { Trouble } from "../core/activity";
import type { Letter } from "../core/device";
import type { LabelSession } from "../core/session";
import { t } from "../i18n";
import { focusIfLost } from "./base";
import { capsOf, shortcutOf, tip } from "./command-parts";
import { titleOf } from "./context";
import { lacking } from "./packs";
import { icon } from "./parts";

function words(trouble: Trouble): { readonly detail: string; readonly action: string } {
  switch (trouble.kind) {
    case "problem": {
      const { title, detail, action } = trouble.problem;
      return { detail: detail || title || t("trouble.title"), action };
    }
    case "unreachable":
      return { detail: t("trouble.unreachable"), action: t("trouble.unreachable.action") };
    case "incomplete":
      return {
        detail: t("trouble.incomplete", { n: trouble.questions.length }),
        action: trouble.questions.map(titleOf).join(" · "),
      };
    case "elsewhere":
      return { detail: t("trouble.elsewhere"), action: t("trouble.elsewhere.action") };
  }
}

/** What went wrong and what to do next. The region is always there, so that it is read out when it fills. */
export function troubleAlert(
  trouble: Trouble | null,
  home: string,
  dismiss: () => void,
  more: readonly TemplateResult[] = [],
): TemplateResult {
  return html`<div role="alert" class="ws-trouble">${lackingNotice()}${trouble ? notice(trouble, home, dismiss) : nothing}${more}</div>`;
}

/** A part of the page that was needed did not come. */
export function lackingNotice(): TemplateResult | typeof nothing {
  if (!lacking.value) return nothing;
  return html`
    <div class="notice bad">
      ${icon("warn")}
      <div class="grow">
        <p>${t("trouble.lacking")}</p>
        <p class="action">${t("trouble.lacking.action")}</p>
        <div class="actions">
          <button type="button" class="button small primary" @click=${() => location.reload()}>${t("trouble.lacking.reload")}</button>
        </div>
      </div>
    </div>
  `;
}

/** Closes an alert; what had the focus goes with it. */
function closing(close: () => void): (event: Event) => void {
  return (event) => {
    close();
    void focusIfLost(event.currentTarget as HTMLElement);
  };
}

function notice(trouble: Trouble, home: string, dismiss: () => void): TemplateResult {
  const { detail, action } = words(trouble);
  return html`
    <div class="notice ${trouble.kind === "incomplete" ? "warn" : "bad"}">
      ${icon("warn")}
      <div class="grow">
        <p>${detail}</p>
        ${action ? html`<p class="action">${action}</p>` : nothing}
        ${trouble.kind === "problem" ? html`<p><a href=${home}>${t("empty.home")}</a></p>` : nothing}
      </div>
      <button type="button" class="icon-button" data-does="trouble.close" aria-keyshortcuts=${shortcutOf("trouble.close")} title=${tip(t("trouble.dismiss"), "trouble.close")} aria-label=${t("trouble.dismiss")} @click=${closing(dismiss)}>${icon("close")}</button>
    </div>
  `;
}

/** So many are told at a time; the next follow when these are seen to. */
const TOLD_AT_ONCE = 2;

/** Answers that the server did not take: which item, why, and the way back to it. */
export function returnedAlerts(
  session: LabelSession,
  hidden: ReadonlySet<string>,
  hide: (letter: Letter) => void,
): TemplateResult[] {
  return session.outbox.returned.value
    .filter((one) => !hidden.has(one.assignment))
    .slice(0, TOLD_AT_ONCE)
    .map((one) => returned(session, one, hide));
}

function returned(session: LabelSession, letter: Letter, hide: (letter: Letter) => void): TemplateResult {
  const { refusal, title } = letter;
  return html`
    <div class="notice bad" data-returned=${letter.assignment}>
      ${icon("warn")}
      <div class="grow">
        <p>${t("returned.title", { item: title })}</p>
        <p>${refusal?.detail || refusal?.title}</p>
        <div class="actions">
          <button type="button" class="button small primary" data-does="returned.open" aria-keyshortcuts=${shortcutOf("returned.open")} @click=${() => void session.reopen(letter)}>${t("returned.open")}${capsOf("returned.open")}</button>
          <button type="button" class="button small" data-does="returned.discard" aria-keyshortcuts=${shortcutOf("returned.discard")} @click=${closing(() => session.discard(letter))}>${t("returned.discard")}${capsOf("returned.discard")}</button>
        </div>
      </div>
      <button type="button" class="icon-button" data-does="trouble.close" aria-keyshortcuts=${shortcutOf("trouble.close")} title=${tip(t("trouble.dismiss"), "trouble.close")} aria-label=${t("trouble.dismiss")} @click=${closing(() => hide(letter))}>${icon("close")}</button>
    </div>
  `;
}
