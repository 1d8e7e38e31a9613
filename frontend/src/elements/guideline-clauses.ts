import { html, nothing, render, type TemplateResult } from "lit";
import type { ClauseChange, Guideline } from "../core/contracts";
import { t } from "../i18n";
import { capsOf, shortcutOf } from "./command-parts";

/** How the id of a clause begins: `clause-2.1`. */
export const CLAUSE = "clause-";

function button(clause: string, copy: (clause: string) => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "clause-link";
  made.setAttribute("aria-label", t("guideline.copy", { clause }));
  made.title = t("guideline.copy", { clause });
  const chord = shortcutOf("guideline.copy");
  if (typeof chord === "string") made.setAttribute("aria-keyshortcuts", chord);
  render(html`#${capsOf("guideline.copy")}`, made);
  made.addEventListener("click", () => copy(clause));
  return made;
}

function sign(kind: ClauseChange["kind"]): HTMLElement {
  const made = document.createElement("span");
  made.className = "clause-sign badge warn";
  made.textContent = t(`guideline.clause.${kind}`);
  return made;
}

/** The clause with the focus; without one the first whose beginning is in sight, else the last one above. */
export function clauseAt(prose: HTMLElement): string | undefined {
  const places = [...prose.querySelectorAll<HTMLElement>(`[id^="${CLAUSE}"]`)];
  const top = prose.parentElement?.getBoundingClientRect().top ?? 0;
  const place =
    places.find((one) => one.contains(document.activeElement)) ??
    places.find((one) => one.getBoundingClientRect().bottom > top) ??
    places.at(-1);
  return place?.id.slice(CLAUSE.length);
}

/** Gives each clause a button that copies its link, and a sign to those that changed. What is there already goes. */
export function decorate(
  prose: HTMLElement,
  guideline: Guideline,
  marked: boolean,
  copy: (clause: string) => void,
): void {
  for (const old of prose.querySelectorAll(".clause-link, .clause-sign")) old.remove();
  const kinds = new Map((guideline.changes ?? []).map((one) => [one.clause, one.kind]));
  for (const place of prose.querySelectorAll<HTMLElement>(`[id^="${CLAUSE}"]`)) {
    const clause = place.id.slice(CLAUSE.length);
    const kind = marked ? kinds.get(clause) : undefined;
    place.classList.toggle("is-changed", kind !== undefined);
    if (kind) place.append(" ", sign(kind));
    place.append(" ", button(clause, copy));
  }
}

/** What is different from the version that was read, clause by clause, word by word. */
export function changesList(guideline: Guideline): TemplateResult {
  const from = guideline.read;
  return html`
    <details class="guideline-changes" open>
      <summary>${from ? t("guideline.changed.from", { version: from }) : t("guideline.changed")}</summary>
      <ul>${(guideline.changes ?? []).map(change)}</ul>
    </details>
  `;
}

function change({ clause, title, kind, words }: ClauseChange): TemplateResult {
  const name = clause ? `${clause} ${title}` : t("guideline.clause.preface");
  return html`
    <li>
      <p class="change-head">
        ${clause && kind !== "removed" ? html`<a href="#${CLAUSE}${clause}" aria-label=${t("guideline.clause.open", { clause })}>${name}</a>` : name}
        <span class="badge warn">${t(`guideline.clause.${kind}`)}</span>
      </p>
      ${kind === "changed" ? html`<p class="change-words">${words.length > 0 ? words.map(piece) : t("guideline.clause.more")}</p>` : nothing}
    </li>
  `;
}

function piece([kind, text]: ClauseChange["words"][number]): TemplateResult | string {
  if (kind === "added") return html`<ins>${text}</ins>`;
  return kind === "removed" ? html`<del>${text}</del>` : text;
}
