import { html, nothing, type TemplateResult } from "lit";
import type { Guideline } from "../core/contracts";
import { t } from "../i18n";
import { guidelineOpen, setGuidelineOpen } from "../preferences";
import { icon, keys, shortcut } from "./parts";

/** Shows or hides the guideline; `key` does so too, unless a label has it. */
export function guidelineButton(
  guideline: Guideline | null,
  key: string | undefined,
): TemplateResult | typeof nothing {
  if (!guideline) return nothing;
  return html`
    <button
      type="button"
      class="button small quiet"
      aria-expanded=${guidelineOpen.value ? "true" : "false"}
      aria-controls="assay-guideline"
      aria-keyshortcuts=${shortcut(key)}
      @click=${toggleGuideline}
    >
      ${icon("book")}<span class="wide-only">${t("work.guideline")}</span>${keys(key)}
    </button>
  `;
}

export function toggleGuideline(): void {
  setGuidelineOpen(!guidelineOpen.peek());
}

/** The guideline beside the text. Its HTML comes sanitised from the server, and scripts in it could not run. */
export function guidelinePanel(guideline: Guideline | null): TemplateResult | typeof nothing {
  if (!guideline) return nothing;
  return html`
    <aside class="ws-guideline" id="assay-guideline" aria-label=${t("work.guideline")} ?hidden=${!guidelineOpen.value}>
      <div class="pane-head">
        <h2>${t("work.guideline")}</h2>
        <span class="muted small">${t("work.guideline.version", { version: guideline.version })}</span>
        <button type="button" class="icon-button" aria-label=${t("dialog.close")} @click=${toggleGuideline}>${icon("close")}</button>
      </div>
      <div class="prose" tabindex="0" role="region" aria-label=${t("work.guideline")} .innerHTML=${guideline.html}></div>
    </aside>
  `;
}
