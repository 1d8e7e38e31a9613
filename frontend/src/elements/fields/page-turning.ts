import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { typedPage } from "../../core/zoom";
import { type Key, t } from "../../i18n";
import { capsOf, shortcutOf, tip } from "../command-parts";
import { icon } from "../parts";

/** Where one is in a document. Pages are counted from 0. */
export interface Turning {
  /** Of the input that takes a number. */
  readonly id: string;
  readonly page: number;
  readonly count: number;
  /** @param typed its number was typed: the reader wants to be there, also with the caret */
  go(page: number, typed: boolean): void;
}

type PageKey = Extract<Key, "page.previous" | "page.next" | "page.smaller" | "page.larger">;

/** A button of the bar under a document. */
export function pageButton(
  id: PageKey,
  sign: "up" | "down" | "minus" | "plus",
  off: boolean,
  run: () => void,
): TemplateResult {
  return html`<button type="button" class="icon-button" title=${tip(t(id), id)} aria-label=${t(id)} aria-keyshortcuts=${shortcutOf(id)} ?disabled=${off} @click=${run}>
    ${icon(sign)}${capsOf(id)}
  </button>`;
}

/** The page before, the number of this one to be changed, the page after. */
export function pageTurning({ id, page, count, go }: Turning): TemplateResult {
  const typed = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const wanted = typedPage(input.value, count);
    input.value = String((wanted ?? page) + 1);
    if (wanted !== null) go(wanted, true);
  };
  return html`
    ${pageButton("page.previous", "up", page === 0, () => go(page - 1, false))}
    <label class="page-go" for=${id}>
      <span>${t("page.page")}</span>
      <input
        id=${id}
        class="page-input"
        inputmode="numeric"
        autocomplete="off"
        aria-keyshortcuts=${shortcutOf("page.go")}
        .value=${live(String(page + 1))}
        @change=${typed}
        @focus=${(event: FocusEvent) => (event.target as HTMLInputElement).select()}
      />
      <span>${t("page.of", { n: count })}</span>
    </label>
    ${pageButton("page.next", "down", page >= count - 1, () => go(page + 1, false))}
  `;
}
