import { html, nothing, type TemplateResult } from "lit";
import type { Precedent, Question } from "../core/contracts";
import type { DisputeDesk } from "../core/decision";
import { t } from "../i18n";
import { labelText } from "./context";

/** Earlier decisions like this one, each to be read and to be cited. */
export function precedentsPane(desk: DisputeDesk, path: string): TemplateResult {
  const found = desk.dispute.precedents ?? [];
  return html`
    <section class="precedents" aria-labelledby="assay-precedents">
      <h2 id="assay-precedents">${t("decide.precedents")}</h2>
      ${
        found.length === 0
          ? html`<p class="muted small">${t("decide.precedents.none")}</p>`
          : html`<p class="muted small">${t("decide.precedents.help")}</p>
              <ul class="precedent-list">${found.map((one) => card(desk, one, path))}</ul>`
      }
      ${desk.citedBefore.length > 0 ? before(desk) : nothing}
    </section>
  `;
}

/** What a draft cites and is not among the decisions above: to be kept, or taken out. */
function before(desk: DisputeDesk): TemplateResult {
  return html`
    <p class="muted small">${t("decide.precedents.before")}</p>
    <ul class="precedent-list">
      ${desk.citedBefore.map(
        (id) => html`<li class="precedent">${citing(desk, id, t("decide.precedents.citeId", { id }))}</li>`,
      )}
    </ul>
  `;
}

function citing(desk: DisputeDesk, id: string, label: string): TemplateResult {
  return html`<label class="check"><input type="checkbox" .checked=${desk.cites.value.has(id)}
    @change=${(event: Event) => desk.cite(id, (event.target as HTMLInputElement).checked)} />
    ${label}</label>`;
}

function card(desk: DisputeDesk, one: Precedent, path: string): TemplateResult {
  const cited = desk.cites.value.has(one.id);
  const percent = Math.round(100 * one.similarity);
  return html`
    <li class="precedent ${cited ? "is-taken" : ""}">
      <p class="precedent-said">${
        one.outcome === "bad_item" ? t("decide.way.bad_item") : valueText(desk.question, one)
      }</p>
      <p class="verbatim">${one.rationale}</p>
      <p class="muted small">
        ${one.clause ? html`<a href="#clause-${one.clause}">${t("decide.precedents.clause", { clause: one.clause, version: one.guideline_version })}</a> · ` : nothing}
        ${[one.same_labels ? t("decide.precedents.same") : "", percent > 0 ? t("decide.precedents.alike", { percent }) : ""].filter(Boolean).join(" · ")}
      </p>
      <blockquote class="precedent-text small" lang=${desk.dispute.item.language ?? ""}>${one.excerpt}</blockquote>
      <p class="row">
        ${desk.readOnly ? nothing : citing(desk, one.id, t("decide.precedents.cite"))}
        <a class="small" href=${path.replace("{id}", encodeURIComponent(one.dispute))} target="_blank" rel="noopener">${t("decide.precedents.open")}</a>
      </p>
    </li>
  `;
}

/** A stored value in words: labels by their text, spans by what they mark. */
function valueText(question: Question, one: Precedent): string {
  const { value, quotes } = one;
  if (value === null || (Array.isArray(value) && value.length === 0)) return t("question.none");
  if (question.kind === "spans" && Array.isArray(value))
    return value
      .map((span, at) =>
        t("words.named", { name: labelText(question, String(span[2])), text: quotes[at] ?? "" }),
      )
      .join("; ");
  if (question.kind === "rating") return t("rating.of", { n: String(value), max: question.max_rating ?? 5 });
  if (Array.isArray(value)) return value.map((key) => said(question, key)).join(", ");
  return said(question, value);
}

function said(question: Question, key: unknown): string {
  return question.labels ? labelText(question, String(key)) : String(key);
}
