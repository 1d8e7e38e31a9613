import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { areasOn, removeArea } from "../../core/areas";
import { open } from "../../core/open-regions";
import type { BoxRegion } from "../../core/regions";
import { t } from "../../i18n";
import { icon, keys, tint } from "../parts";
import { QuestionElement } from "../question";
import { wantsAnswer } from "../region-name";
import { focusRow } from "../row-focus";
import { areaLine, areaName, whereOf } from "./area-words";

/** The areas of one question as a list: to find one, to go to it, to remove it. */
export class AreaListElement extends QuestionElement {
  #areas(): readonly BoxRegion[] {
    const { store } = this.context;
    return areasOn(store, this.question.field).filter((one) => one.question === this.question.key);
  }

  protected override count(): number {
    return this.#areas().length;
  }

  protected override control(): TemplateResult {
    const { store, readOnly } = this.context;
    const areas = this.#areas();
    if (areas.length === 0) return html`<p class="question-help">${t("area.empty")}</p>`;
    const wanted = readOnly ? undefined : open(store);
    return html`<ol class="span-list" aria-labelledby=${this.ids.title}>
      ${repeat(
        areas,
        (area) => area.id,
        (area, at) => this.#row(area, at + 1, wantsAnswer(wanted?.get(area.id) ?? [])),
      )}
    </ol>`;
  }

  #row(area: BoxRegion, n: number, wants: TemplateResult | typeof nothing): TemplateResult {
    const { desk, store, readOnly, announce } = this.context;
    const { text, colour } = areaName(store, area);
    const name = text || t("region.area", { n });
    const selected = desk.selected.value === area.id;
    const place = whereOf(area);
    const remove = (): void => {
      announce(t("area.removed", { area: areaLine(store, area) }));
      removeArea(store, area);
      if (selected) desk.selected.value = null;
      void focusRow(this, ".span-remove", n - 1);
    };
    const select = (): void => {
      desk.selected.value = area.id;
      announce(areaLine(store, area));
    };
    return html`<li class="span-row ${selected ? "is-selected" : ""}" ${tint(colour)}>
      <button
        type="button"
        class="span-go"
        aria-current=${selected ? "true" : "false"}
        @click=${select}
      >
        <span class="chip">${name}</span><span class="span-text">${place}</span>${wants}
      </button>
      ${
        readOnly
          ? nothing
          : html`<button type="button" class="icon-button span-remove" aria-keyshortcuts=${selected ? "Delete" : nothing} aria-label=${t("spans.remove", { label: name, text: place })} @click=${remove}>
              ${icon("close")}${selected ? keys("delete") : nothing}
            </button>`
      }
    </li>`;
  }
}
