import { html, nothing, type TemplateResult } from "lit";
import type { Trouble } from "../core/session";
import { t } from "../i18n";
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
      return { detail: t("trouble.incomplete", { n: trouble.questions.length }), action: "" };
  }
}

/** What went wrong and what to do next. The region is always there, so that it is read out when it fills. */
export function troubleAlert(trouble: Trouble | null, home: string, dismiss: () => void): TemplateResult {
  return html`<div role="alert" class="ws-trouble">${trouble ? notice(trouble, home, dismiss) : nothing}</div>`;
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
      <button type="button" class="icon-button" aria-label=${t("trouble.dismiss")} @click=${dismiss}>${icon("close")}</button>
    </div>
  `;
}
