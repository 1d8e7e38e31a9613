import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Way } from "../core/contracts";
import type { DisputeDesk } from "../core/decision";
import { t } from "../i18n";
import { capsOf, shortcutOf } from "./command-parts";

const WAYS: readonly Way[] = ["answer", "bad_item", "hold"];

/** What is decided: an answer, that the item is bad, or that the lead has to be asked first. */
export function wayChoice(desk: DisputeDesk): TemplateResult {
  return html`
    <fieldset class="question ways">
      <legend class="visually-hidden">${t("decide.way")}</legend>
      <div class="options">${WAYS.map((way) => wayOption(desk, way))}</div>
      <p class="question-help">${t(`decide.way.${desk.way.value}.help`)}</p>
    </fieldset>
  `;
}

function wayOption(desk: DisputeDesk, way: Way): TemplateResult {
  const chosen = desk.way.value === way;
  return html`
    <label class="option ${chosen ? "is-chosen" : ""}">
      <input type="radio" name="assay-way" .checked=${live(chosen)} ?disabled=${desk.readOnly}
        aria-keyshortcuts=${shortcutOf(`way/${way}`)} @change=${() => {
          desk.way.value = way;
        }} />
      <span class="option-text">${t(`decide.way.${way}`)}</span>${desk.readOnly ? nothing : capsOf(`way/${way}`)}
    </label>
  `;
}

/** The reasons: rationale and clause, or what is unclear. */
export function reasons(desk: DisputeDesk): TemplateResult {
  if (desk.way.value === "hold") return html`${unclear(desk, true)} ${clause(desk)}`;
  return html`
    ${rationale(desk)} ${clause(desk)}
    ${
      desk.readOnly
        ? nothing
        : html`<details class="doubt" ?open=${desk.unclear.peek() !== ""}><summary>${t("decide.unclear.tell")}</summary>${unclear(desk, false)}</details>`
    }
  `;
}

function rationale(desk: DisputeDesk): TemplateResult {
  return html`
    <div class="question">
      <div class="question-head">
        <h3><label for="assay-rationale">${t("decide.rationale")}</label></h3>
        ${desk.readOnly ? nothing : html`<span class="must">${t("question.required")}</span>`}
      </div>
      <textarea id="assay-rationale" rows="4" required ?readonly=${desk.readOnly} aria-describedby="assay-rationale-help"
        .value=${desk.rationale.peek()}
        @input=${(event: Event) => {
          desk.rationale.value = (event.target as HTMLTextAreaElement).value;
        }}></textarea>
      <p class="question-help" id="assay-rationale-help">${t("decide.rationale.help")}</p>
    </div>
  `;
}

/** A number of the guideline in force; what was typed freely once stays readable. */
function clause(desk: DisputeDesk): TemplateResult {
  const clauses = desk.dispute.guideline?.clauses ?? [];
  const now = desk.clause.value;
  const known = clauses.some((one) => one.number === now);
  return html`
    <div class="question">
      <div class="question-head"><h3><label for="assay-clause">${t("decide.clause")}</label></h3></div>
      <select id="assay-clause" ?disabled=${desk.readOnly} aria-describedby="assay-clause-help"
        @change=${(event: Event) => {
          desk.clause.value = (event.target as HTMLSelectElement).value;
        }}>
        <option value="" ?selected=${now === ""}>${t("decide.clause.none")}</option>
        ${now && !known ? html`<option value=${now} selected>${now}</option>` : nothing}
        ${clauses.map(
          (one) =>
            html`<option value=${one.number} ?selected=${one.number === now}>${one.number} ${one.title}</option>`,
        )}
      </select>
      <p class="question-help" id="assay-clause-help">${t("decide.clause.help")}${known && now ? html` <a href="#clause-${now}">${t("guideline.clause.open", { clause: now })}</a>` : nothing}</p>
    </div>
  `;
}

function unclear(desk: DisputeDesk, required: boolean): TemplateResult {
  return html`
    <div class="question">
      <div class="question-head">
        <h3><label for="assay-unclear">${t("decide.unclear")}</label></h3>
        ${required ? html`<span class="must">${t("question.required")}</span>` : nothing}
      </div>
      <textarea id="assay-unclear" rows="3" maxlength="4000" ?required=${required} aria-describedby="assay-unclear-help"
        .value=${desk.unclear.peek()}
        @input=${(event: Event) => {
          desk.unclear.value = (event.target as HTMLTextAreaElement).value;
        }}></textarea>
      <p class="question-help" id="assay-unclear-help">${t("decide.unclear.help")}</p>
    </div>
  `;
}
