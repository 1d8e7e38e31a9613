import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Guideline } from "../core/contracts";
import { t } from "../i18n";
import { guidelineOpen, setGuidelineOpen } from "../preferences";
import { AssayElement, focusIfLost } from "./base";
import { capsOf, shortcutOf, tip } from "./command-parts";
import { CLAUSE, changesList, clauseAt, decorate } from "./guideline-clauses";
import { GuidelineSearch } from "./guideline-search";
import { hasChanged, markRead, readVersion, toggleGuideline } from "./guideline-state";
import { commands } from "./keyboard";
import { icon, keys } from "./parts";

/** The guideline beside the text: found in, its clauses linked, what is new in it marked. */
export class GuidelineElement extends AssayElement {
  static override properties = {
    guideline: { attribute: false },
    project: { attribute: false },
    announce: { attribute: false },
  };

  declare guideline: Guideline;
  /** The project's id. */
  declare project: string;
  declare announce: (words: string) => void;
  readonly #search = new GuidelineSearch();
  #drawn: readonly unknown[] = [];
  /** Shown beside each clause. */
  #copyKey: string | undefined;
  #stop = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = new AbortController();
    const { signal: stop } = this.#stop;
    document.addEventListener("click", this.#onLink, { signal: stop });
    window.addEventListener("hashchange", this.#onAddress, { signal: stop });
    void this.updateComplete.then(this.#onAddress);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop.abort();
    this.#search.clear();
  }

  protected override render(): TemplateResult {
    const { guideline, project } = this;
    const changed = hasChanged(guideline, project);
    this.#copyKey = commands.keyOf("guideline.copy");
    return html`
      <aside class="ws-guideline" id="assay-guideline" aria-label=${t("work.guideline")} ?hidden=${!guidelineOpen.value}>
        <div class="pane-head">
          <h2>${t("work.guideline")}</h2>
          <span class="muted small">${t("work.guideline.version", { version: guideline.version })}</span>
          <button type="button" class="icon-button" aria-label=${t("dialog.close")} title=${tip(t("dialog.close"), "guideline.show")}
            aria-keyshortcuts=${shortcutOf("guideline.show")} @click=${this.#close}>${icon("close")}${capsOf("guideline.show")}</button>
        </div>
        <search class="guideline-search">
          <input type="search" aria-label=${t("guideline.search")} placeholder=${t("guideline.search")}
            aria-keyshortcuts=${shortcutOf("guideline.search")} @input=${this.#find} @keydown=${this.#findNext} />
          <span class="small muted" role="status">${this.#search.said.value}</span>
          ${
            this.#search.said.value
              ? html`<button type="button" class="icon-button" aria-label=${t("guideline.search.next")} aria-keyshortcuts="Enter"
                  title=${t("guideline.search.next")} @click=${() => this.#search.step(1)}>${icon("down")}${keys("enter")}</button>`
              : nothing
          }
        </search>
        <div class="guideline-body">
          ${changed ? changesList(guideline) : nothing}
          <div class="prose" tabindex="0" role="region" aria-label=${t("work.guideline")} .innerHTML=${guideline.html}></div>
        </div>
        ${this.#foot()}
      </aside>
    `;
  }

  #foot(): TemplateResult | typeof nothing {
    const { guideline, project } = this;
    if (guideline.read === undefined) return nothing;
    const read = readVersion(guideline, project);
    return html`<div class="guideline-foot">${
      read !== null && read >= guideline.version
        ? html`<span class="small muted">${t("guideline.read", { version: guideline.version })}</span>`
        : html`<button type="button" class="button small" aria-keyshortcuts=${shortcutOf("guideline.read")} @click=${() => void this.markRead()}>
            ${t("guideline.markRead")}${capsOf("guideline.read")}
          </button>`
    }</div>`;
  }

  protected override updated(_changed: PropertyValues): void {
    const prose = this.#prose;
    const sources = [this.guideline, hasChanged(this.guideline, this.project), this.#copyKey];
    if (!prose || sources.every((one, index) => one === this.#drawn[index])) return;
    this.#drawn = sources;
    decorate(prose, this.guideline, sources[1] === true, this.#copy);
  }

  get #prose(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".prose");
  }

  async markRead(): Promise<void> {
    const had = this.querySelector(".guideline-foot")?.contains(document.activeElement) ?? false;
    const done = await markRead(this.guideline, this.project);
    const { version } = this.guideline;
    this.announce(done ? t("guideline.read", { version }) : t("guideline.read.failed"));
    // The button is gone with what it asked for: reading goes on.
    if (had && done) this.#prose?.focus({ preventScroll: true });
  }

  async focusSearch(): Promise<void> {
    setGuidelineOpen(true);
    await this.updateComplete;
    this.querySelector<HTMLInputElement>("input[type=search]")?.focus();
  }

  #close = (): void => {
    toggleGuideline();
    void focusIfLost(this);
  };

  /** Opens the guideline at a clause. @returns false when it has none of that number. */
  async openClause(clause: string): Promise<boolean> {
    const found = this.#prose?.querySelector<HTMLElement>(`[id="${CSS.escape(CLAUSE + clause)}"]`);
    if (!found) return false;
    setGuidelineOpen(true);
    await this.updateComplete;
    found.tabIndex = -1;
    found.scrollIntoView({ block: "start" });
    found.focus({ preventScroll: true });
    return true;
  }

  /** A link to a clause anywhere on the page opens it here. */
  #onLink = (event: MouseEvent): void => {
    const link =
      event.target instanceof Element
        ? event.target.closest<HTMLAnchorElement>(`a[href^="#${CLAUSE}"]`)
        : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void this.openClause(decodeURIComponent(link.hash.slice(CLAUSE.length + 1)));
  };

  #onAddress = (): void => {
    if (location.hash.startsWith(`#${CLAUSE}`))
      void this.openClause(decodeURIComponent(location.hash.slice(CLAUSE.length + 1)));
  };

  /** The clause that is read now, if the guideline is shown and has any. */
  clauseHere(): string | undefined {
    const prose = this.#prose;
    return prose && guidelineOpen.peek() ? clauseAt(prose) : undefined;
  }

  /** Copies the link to the clause that is read now. */
  async copyHere(): Promise<void> {
    const clause = this.clauseHere();
    if (clause !== undefined) await this.#copy(clause);
  }

  #copy = async (clause: string): Promise<void> => {
    const address = new URL(`/projects/${this.project}/guideline/#${CLAUSE}${clause}`, location.href);
    try {
      await navigator.clipboard.writeText(address.href);
      this.announce(t("guideline.copied", { clause }));
    } catch {
      this.announce(t("guideline.copy.failed"));
    }
  };

  #find = (event: Event): void => {
    if (this.#prose) this.#search.find(this.#prose, (event.target as HTMLInputElement).value);
  };

  #findNext = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter") this.#search.step(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") {
      (event.target as HTMLInputElement).value = "";
      this.#search.clear();
      this.#prose?.focus();
    } else return;
    event.preventDefault();
  };
}
