import { signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import type { Guideline } from "../core/contracts";
import { t } from "../i18n";
import { sendToApi } from "../page-api";
import { guidelineOpen, setGuidelineOpen } from "../preferences";
import { capsOf, shortcutOf } from "./command-parts";
import { needPacks } from "./packs";
import { icon } from "./parts";

/** Versions marked as read since the page was loaded, by project: what was prefetched does not know of it. */
const readHere = signal<Readonly<Record<string, number>>>({});

/** The version that its reader marked as read last. */
export function readVersion(guideline: Guideline, project: string): number | null {
  return Math.max(guideline.read ?? 0, readHere.value[project] ?? 0) || null;
}

/** Whether it has changed since it was marked as read. */
export function hasChanged(guideline: Guideline | null, project: string): boolean {
  if (!guideline || (guideline.changes ?? []).length === 0) return false;
  return (readVersion(guideline, project) ?? 0) < guideline.version;
}

/** Remembers for its reader that this version was read. @returns whether the server took it. */
export async function markRead({ version }: Guideline, project: string): Promise<boolean> {
  const done = await sendToApi("POST", `projects/${project}/guideline/read`, { version });
  if (done) readHere.value = { ...readHere.peek(), [project]: version };
  return done;
}

export function toggleGuideline(): void {
  setGuidelineOpen(!guidelineOpen.peek());
  if (guidelineOpen.peek()) void needPacks(["aside"]);
}

/** Opens it at what changed: the button that asked for it is gone then. */
async function showChanges(): Promise<void> {
  setGuidelineOpen(true);
  await needPacks(["aside"]);
  await new Promise(requestAnimationFrame);
  document.querySelector<HTMLElement>(".guideline-changes > summary")?.focus();
}

/** Shows or hides the guideline. */
export function guidelineButton(
  guideline: Guideline | null,
  project: string,
): TemplateResult | typeof nothing {
  if (!guideline) return nothing;
  return html`
    <button
      type="button"
      class="button small quiet"
      aria-expanded=${guidelineOpen.value ? "true" : "false"}
      aria-controls="assay-guideline"
      aria-keyshortcuts=${shortcutOf("guideline.show")}
      @click=${toggleGuideline}
    >
      ${icon("book")}<span class="wide-only">${t("work.guideline")}</span>${
        hasChanged(guideline, project)
          ? html`<span class="badge warn">${t("guideline.clause.changed")}</span>`
          : nothing
      }${capsOf("guideline.show")}
    </button>
  `;
}

/** Tells that it changed, while it is not open: then it says so itself. */
export function changedNotice(guideline: Guideline | null, project: string): TemplateResult | typeof nothing {
  if (guidelineOpen.value || !hasChanged(guideline, project)) return nothing;
  return html`<div class="ws-notices" role="status"><p class="notice warn">
    <span class="grow">${t("guideline.changed")}</span>
    <button type="button" class="button small" aria-keyshortcuts=${shortcutOf("guideline.show")} @click=${showChanges}>
      ${t("guideline.changed.show")}${capsOf("guideline.show")}
    </button>
  </p></div>`;
}
