import { html, type TemplateResult } from "lit";
import type { Question } from "../../core/contracts";
import type { GradesRegion, RubricRegion } from "../../core/regions";
import { score, shares, withPoints } from "../../core/rubric";
import type { AnswerStore } from "../../core/store";
import { t } from "../../i18n";

/** A rubric, or its grades, in words. */
export function criteria(
  store: AnswerStore,
  question: Question,
  region: RubricRegion | GradesRegion,
): TemplateResult {
  if (region.kind === "rubric") {
    const parts = shares(region.criteria.map((one) => one.weight));
    return html`<ul class="plain-list">${region.criteria.map(
      (one, index) =>
        html`<li>${one.text} <span class="rubric-share">${t("rubric.share", { percent: (parts[index] ?? 0) / 10 })}</span></li>`,
    )}</ul>`;
  }
  const all = withPoints(store, question, region.grades);
  const now = score(all);
  return html`<p><span class="value">${
    now === null ? t("grades.score.none") : t("grades.score", { percent: Math.round(now * 1000) / 10 })
  }</span></p>
    <ul class="plain-list">${all.map(
      (one) =>
        html`<li>${one.text} <span class="rubric-share">${
          one.points === null
            ? t("grades.notYet")
            : t("grades.points", { points: one.points, most: one.most })
        }</span></li>`,
    )}</ul>`;
}
