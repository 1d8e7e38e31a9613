import { html, noChange, type TemplateResult } from "lit";
import { AsyncDirective } from "lit/async-directive.js";
import { type ChildPart, directive } from "lit/directive.js";
import { t } from "../i18n";

type Content = () => TemplateResult;

/** Stands in a `<details>`: what is in there is drawn once it is opened. */
class WhenOpen extends AsyncDirective {
  #details: HTMLDetailsElement | null = null;
  #content: Content = () => html``;

  override render(_content: Content): unknown {
    return noChange;
  }

  override update(part: ChildPart, [content]: [Content]): unknown {
    this.#content = content;
    if (!this.#details) {
      this.#details = part.parentNode as HTMLDetailsElement;
      this.#details.addEventListener("toggle", this.#show);
    }
    return this.#details.open ? content() : noChange;
  }

  #show = (): void => {
    if (this.#details?.open) this.setValue(this.#content());
  };
}

export const whenOpen = directive(WhenOpen);

const AT_ONCE = 100;

/**
 * The first of a long list; the rest, so many at a time, when it is asked for.
 * @param draw draws some of them; `from` is the place of the first. @param differs tells of the rest how many stand out.
 */
export function portions<T>(
  all: readonly T[],
  draw: (some: readonly T[], from: number) => TemplateResult,
  differs: (one: T) => boolean = () => false,
  from = 0,
): TemplateResult {
  const rest = all.slice(from + AT_ONCE);
  const shown = draw(all.slice(from, from + AT_ONCE), from);
  if (rest.length === 0) return shown;
  const differ = rest.filter(differs).length;
  const words = t(differ > 0 ? "list.more.differ" : "list.more", { n: rest.length, differ });
  return html`${shown}
    <details class="more-rows">
      <summary>${words}</summary>
      ${whenOpen(() => portions(all, draw, differs, from + AT_ONCE))}
    </details>`;
}
