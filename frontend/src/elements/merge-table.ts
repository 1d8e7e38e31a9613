import { html, nothing, type TemplateResult } from "lit";
import type { Difference, SpanRow } from "../core/align";
import type { DisputeDesk, Side } from "../core/decision";
import { labelColour } from "../core/palette";
import type { SpanRegion } from "../core/regions";
import { isTable } from "../core/units";
import { type Key, t } from "../i18n";
import { findLabel, spanText } from "./context";
import { icon, tint } from "./parts";
import { portions } from "./portions";

const NAMES: Readonly<Record<Difference, Key>> = {
  missing: "decide.rows.missing",
  boundary: "decide.rows.boundary",
  label: "decide.rows.label",
};

/** The answers' spans aligned, a row for each mention; every version can be taken by itself. */
export function mergeTable(desk: DisputeDesk): TemplateResult | typeof nothing {
  if (desk.rows.length === 0) return nothing;
  return portions(
    desk.rows,
    (some, from) => tableOf(desk, some, from),
    (row) => row.differences.length > 0,
  );
}

function tableOf(desk: DisputeDesk, rows: readonly SpanRow[], from: number): TemplateResult {
  return html`
    <div class="beside" tabindex="0" role="region" aria-label=${t("decide.spans.compare")}>
      <table class="merge-table">
        <caption>
          ${t("decide.spans.compare")}
          ${desk.readOnly ? nothing : html`<span class="muted small">${t("decide.rows.help")}</span>`}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t("decide.rows.where")}</th>
            ${desk.sides.map((side) => html`<th scope="col">${t("decide.answer", { name: side.name })}</th>`)}
          </tr>
        </thead>
        <tbody>${rows.map((row, at) => rowOf(desk, row, from + at))}</tbody>
      </table>
    </div>
  `;
}

function rowOf(desk: DisputeDesk, row: SpanRow, at: number): TemplateResult {
  const differs = row.differences.length > 0;
  return html`
    <tr class=${differs ? "differs" : ""}>
      <th scope="row">
        <span class="row-number">${at + 1}</span>
        ${
          differs
            ? row.differences.map((one) => html`<span class="badge warn">${t(NAMES[one])}</span>`)
            : html`<span class="badge good">${t("decide.rows.same")}</span>`
        }
      </th>
      ${desk.sides.map((side, index) => cellOf(desk, row, side, row.cells[index] ?? null))}
    </tr>
  `;
}

function cellOf(desk: DisputeDesk, row: SpanRow, side: Side, span: SpanRegion | null): TemplateResult {
  const name = t("decide.answer", { name: side.name });
  if (!span)
    return html`<td data-label=${name}><span aria-hidden="true">–</span><span class="visually-hidden">${t("decide.spans.hasNot")}</span></td>`;
  return html`<td data-label=${name}>${desk.readOnly ? words(desk, row, span) : taking(desk, row, side, span)}</td>`;
}

function taking(desk: DisputeDesk, row: SpanRow, side: Side, span: SpanRegion): TemplateResult {
  const has = desk.has(span);
  const label = findLabel(desk.question, span.label).label.text;
  const name = t("words.named", {
    name: t(has ? "decide.spans.drop" : "decide.spans.put"),
    text: `${side.name}, ${label}, ${spanText(desk.store, span)}${told(desk, row, span)}`,
  });
  return html`
    <button type="button" class="version ${has ? "is-taken" : ""}" aria-pressed=${has ? "true" : "false"}
      aria-label=${name}
      @click=${() => desk.toggle(row, span)}>
      <span class="version-mark" aria-hidden="true">${has ? icon("check") : nothing}</span>${words(desk, row, span)}
    </button>
  `;
}

/** The label and the text; what goes beyond the part in common is underlined. */
function words(desk: DisputeDesk, row: SpanRow, span: SpanRegion): TemplateResult {
  const { label, index } = findLabel(desk.question, span.label);
  const marked = row.differences.includes("label") ? "chip is-odd" : "chip";
  return html`<span class="version-words"><span class=${marked} ${tint(labelColour(label, index))}>${label.text}</span><span class="span-text" lang=${desk.dispute.item.language ?? ""}>${inner(desk, row, span)}</span></span>`;
}

function inner(desk: DisputeDesk, row: SpanRow, span: SpanRegion): TemplateResult | string {
  // A cell is one as a whole, and its words are not part of the field's text.
  if (isTable(desk.store.texts.field(desk.question.field))) return spanText(desk.store, span);
  const { text } = desk.store.texts.of(desk.question.field);
  const from = Math.min(Math.max(row.common.start, span.start), span.end);
  const to = Math.max(Math.min(row.common.end, span.end), from);
  if (!row.differences.includes("boundary")) return text.slice(span.start, span.end);
  return html`${beyond(text.slice(span.start, from))}${text.slice(from, to)}${beyond(text.slice(to, span.end))}`;
}

function beyond(text: string): TemplateResult | typeof nothing {
  return text ? html`<ins class="beyond">${text}</ins>` : nothing;
}

/** How far a span reaches beyond the part in common, for those who do not see the line under it. */
function told(desk: DisputeDesk, row: SpanRow, span: SpanRegion): string {
  if (!row.differences.includes("boundary")) return "";
  const { text } = desk.store.texts.of(desk.question.field);
  const outer = [text.slice(span.start, row.common.start), text.slice(row.common.end, span.end)];
  const more = outer.map((one) => one.trim()).filter(Boolean);
  return more.length > 0 ? `. ${t("decide.rows.beyond", { text: more.join(" … ") })}` : "";
}
