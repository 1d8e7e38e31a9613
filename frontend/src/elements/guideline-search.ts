import { signal } from "@preact/signals-core";
import { t } from "../i18n";

const ALL = "guideline-found";
const NOW = "guideline-now";
const MOST = 500;

function highlights(): HighlightRegistry | null {
  return "highlights" in CSS ? CSS.highlights : null;
}

/** Same length as before, so that places stay places. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

/** Finds words in a piece of the page and marks where they stand. */
export class GuidelineSearch {
  /** Which place of how many, in words. */
  readonly said = signal("");
  #found: readonly Range[] = [];
  #at = 0;

  find(root: HTMLElement, query: string): void {
    this.clear();
    const wanted = fold(query.trim());
    if (!wanted) return;
    this.#found = ranges(root, wanted);
    this.#at = 0;
    highlights()?.set(ALL, new Highlight(...this.#found));
    this.#show();
  }

  /** The next place, or the one before; after the last the first. */
  step(by: 1 | -1): void {
    const many = this.#found.length;
    if (many === 0) return;
    this.#at = (this.#at + by + many) % many;
    this.#show();
  }

  clear(): void {
    this.#found = [];
    this.said.value = "";
    highlights()?.delete(ALL);
    highlights()?.delete(NOW);
  }

  #show(): void {
    const now = this.#found[this.#at];
    this.said.value = now
      ? t("guideline.search.found", { at: this.#at + 1, n: this.#found.length })
      : t("guideline.search.none");
    if (!now) return;
    highlights()?.set(NOW, new Highlight(now));
    now.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
  }
}

function ranges(root: HTMLElement, wanted: string): readonly Range[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Range[] = [];
  for (let node = walker.nextNode(); node && found.length < MOST; node = walker.nextNode()) {
    if (node.parentElement?.closest(".clause-link, .clause-sign")) continue;
    const text = fold(node.nodeValue ?? "");
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      found.push(range);
    }
  }
  return found;
}
