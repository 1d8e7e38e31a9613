import type { Page } from "../core/field-text";
import {
  boxesOf,
  caretAt,
  lineFrom,
  offsetAt,
  type Run,
  readLayer,
  runAt,
  wordsOf,
} from "../core/page-layer";
import { lanes, type Range } from "../core/segments";
import { firstWhere } from "../core/span-order";
import { BlockRanges } from "./block-ranges";
import { brokenNote, drawMarks, drawWords } from "./page-paint";
import { followPointer } from "./pointed-marks";
import { PositionMap } from "./positions";
import type { Slice, SpanView, ViewParts } from "./span-view";

/** Where pages come from; they count from 0. */
export interface PageSource {
  /** The address of a page's picture. */
  picture(page: number, size: "large" | "small"): string;
  /** What the server says of a page's text; rejects when it cannot be had. */
  text(page: number): Promise<unknown>;
  /** A page in words, for its picture. */
  name(page: number): string;
  /** Said on a page whose text cannot be put over its picture, and on one whose picture did not come. */
  readonly words: { readonly broken: string; readonly missing: string };
  /** A new button that asks for a page again. */
  again(): HTMLButtonElement;
}

interface Sheet {
  readonly holder: HTMLElement;
  readonly picture: HTMLImageElement;
  readonly marks: HTMLElement;
  readonly words: HTMLElement;
  /** Null while it is on its way, empty where there is none. */
  runs: readonly Run[] | null;
  asked: boolean;
  drawn: boolean;
}

/**
 * Pages as pictures, with their text unseen above and marks between. A page is fetched and drawn when it comes near
 * the window, and what lies above its picture is dropped when it is far again.
 */
export class PageView<R extends Range> implements SpanView<R> {
  readonly root: HTMLElement;
  readonly #positions = new PositionMap();
  readonly #sheets: readonly Sheet[];
  readonly #ranges: BlockRanges<R>;
  readonly #watch: IntersectionObserver;
  readonly #index = new Map<Element, number>();
  readonly #near = new Set<number>();
  readonly #unfollow: () => void;

  constructor(
    readonly text: string,
    readonly pages: readonly Page[],
    private readonly source: PageSource,
    private readonly parts: ViewParts<R>,
  ) {
    this.root = parts.root;
    this.#sheets = pages.map((page, at) => this.#sheet(page, at));
    const blocks = pages.map(({ start, end }, at) => ({ start, end, next: pages[at + 1]?.start ?? end }));
    this.#ranges = new BlockRanges(blocks, (at) => this.#paint(at));
    this.root.classList.add("is-pages");
    this.root.replaceChildren(...this.#sheets.map((sheet) => sheet.holder));
    this.#positions.set(this.root, 0, text.length);
    this.#watch = new IntersectionObserver(this.#onNear, { rootMargin: "120% 100%" });
    for (const { holder } of this.#sheets) this.#watch.observe(holder);
    window.addEventListener("online", this.#askAgain);
    this.#unfollow = followPointer(this.root, (x, y) => this.spanAt(x, y));
  }

  paint(ranges: readonly R[], same: (a: R, b: R) => boolean = Object.is): void {
    this.#ranges.replace(ranges, same);
  }

  change(gone: readonly R[], added: readonly R[]): void {
    this.#ranges.change(gone, added);
  }

  refresh(range: R): void {
    for (const at of this.#ranges.touchedBy(range)) this.#paint(at);
  }

  /** The page that holds an offset. */
  pageAt(offset: number): number {
    return Math.max(
      0,
      this.pages.findLastIndex((page) => page.start <= offset),
    );
  }

  /** The element that shows a page. */
  pageElement(page: number): HTMLElement | null {
    return this.#sheets[page]?.holder ?? null;
  }

  /** The page at the upper middle of the window. */
  pageInWindow(): number {
    const line = window.innerHeight * 0.4;
    const below = firstWhere(this.#sheets, ({ holder }) => holder.getBoundingClientRect().top > line);
    return Math.max(0, below - 1);
  }

  isLaidOut(offset: number): boolean {
    return this.#sheets[this.pageAt(offset)]?.runs != null;
  }

  elementAt(offset: number): HTMLElement {
    return this.#sheets[this.pageAt(offset)]?.holder ?? this.root;
  }

  placeOf(offset: number): { readonly node: Node; readonly offset: number } {
    const at = this.pageAt(offset);
    const sheet = this.#sheets[at];
    if (!sheet) return { node: this.root, offset: 0 };
    this.#draw(at);
    const run = runAt(sheet.runs ?? [], offset);
    return run ? this.#positions.placeOf(sheet.words, offset) : { node: sheet.holder, offset: 0 };
  }

  offsetOf(node: Node, offset: number): number | null {
    return this.root.contains(node) ? this.#positions.offsetOf(node, offset) : null;
  }

  /** The caret's box in the window, as the page has it. */
  caretBox(offset: number): DOMRect | null {
    const sheet = this.#sheets[this.pageAt(offset)];
    const caret = caretAt(sheet?.runs ?? [], offset);
    if (!sheet || !caret) return null;
    const frame = sheet.holder.getBoundingClientRect();
    const top = frame.top + caret.top * frame.height;
    return new DOMRect(
      frame.left + caret.left * frame.width,
      top,
      0,
      (caret.bottom - caret.top) * frame.height,
    );
  }

  moveByLine(offset: number, granularity: "line" | "lineboundary", direction: -1 | 1): number {
    const at = this.pageAt(offset);
    const runs = this.#sheets[at]?.runs ?? [];
    if (granularity === "lineboundary") {
      const run = runs.find((one) => one.end === offset && direction > 0) ?? runAt(runs, offset);
      return (direction < 0 ? run?.start : run?.end) ?? offset;
    }
    const next = this.pages[at + direction];
    return lineFrom(runs, offset, direction) ?? (direction < 0 ? next?.end : next?.start) ?? offset;
  }

  offsetAt(x: number, y: number): number | null {
    const sheet = this.#sheets.find(({ holder }, at) => {
      const box = this.#near.has(at) ? holder.getBoundingClientRect() : null;
      return box && y >= box.top && y <= box.bottom;
    });
    if (!sheet) return null;
    const box = sheet.holder.getBoundingClientRect();
    return offsetAt(sheet.runs ?? [], (x - box.left) / box.width, (y - box.top) / box.height);
  }

  spanAt(x: number, y: number): string | null {
    const mark = document.elementsFromPoint(x, y).find((one) => one.matches("mark.page-mark"));
    return (mark as HTMLElement | undefined)?.dataset.span ?? null;
  }

  near(): readonly Slice[] {
    return [...this.#near].sort((a, b) => a - b).flatMap((at) => this.pages[at] ?? []);
  }

  dispose(): void {
    this.#watch.disconnect();
    this.#unfollow();
    window.removeEventListener("online", this.#askAgain);
  }

  #sheet(page: Page, at: number): Sheet {
    const holder = document.createElement("div");
    holder.className = "doc-page";
    holder.dataset.page = String(at + 1);
    holder.style.setProperty("aspect-ratio", `${page.width || 612} / ${page.height || 792}`);
    const picture = document.createElement("img");
    picture.alt = this.source.name(at);
    picture.draggable = false;
    picture.decoding = "async";
    picture.addEventListener("error", () => this.#lose(at));
    const marks = document.createElement("div");
    marks.className = "page-marks";
    const words = document.createElement("div");
    words.className = "page-words";
    this.#positions.set(holder, page.start, page.end);
    this.#positions.set(words, page.start, page.end);
    holder.append(picture, marks, words);
    this.#index.set(holder, at);
    // A page without text has nothing to be laid over it.
    const runs = page.text.trim() === "" ? [] : null;
    return { holder, picture, marks, words, runs, asked: runs !== null, drawn: false };
  }

  #onNear = (entries: readonly IntersectionObserverEntry[]): void => {
    for (const entry of entries) {
      const at = this.#index.get(entry.target) ?? 0;
      if (entry.isIntersecting) this.#near.add(at);
      else {
        this.#near.delete(at);
        this.#drop(at);
      }
    }
    for (const at of this.#near) {
      this.#ask(at);
      this.#draw(at);
    }
    this.parts.moved();
  };

  /** Fetches what is not there of a page: its picture, its text. */
  #ask(at: number): void {
    const sheet = this.#sheets[at];
    if (!sheet) return;
    const note = sheet.holder.querySelector(".page-broken");
    note?.remove();
    if (note && !sheet.runs) sheet.asked = false;
    if (!sheet.picture.getAttribute("src")) sheet.picture.src = this.source.picture(at, "large");
    void this.#load(at);
  }

  /** A picture that did not come is asked for again: by the button, when the page comes near, when the network is back. */
  #lose(at: number): void {
    const sheet = this.#sheets[at];
    if (!sheet) return;
    sheet.picture.removeAttribute("src");
    this.#say(at, this.source.words.missing);
  }

  #askAgain = (): void => {
    for (const at of this.#near) this.#ask(at);
  };

  async #load(at: number): Promise<void> {
    const sheet = this.#sheets[at];
    const page = this.pages[at];
    if (!sheet || !page || sheet.asked) return;
    sheet.asked = true;
    try {
      sheet.runs = readLayer(await this.source.text(at), page);
      if (!sheet.runs) this.#say(at, this.source.words.broken);
    } catch {
      this.#say(at, this.source.words.broken);
    }
    if (!sheet.runs) return;
    this.#draw(at);
    this.parts.moved();
  }

  #say(at: number, words: string): void {
    this.#sheets[at]?.holder.querySelector(".page-broken")?.remove();
    const again = (): void => {
      this.root.focus({ preventScroll: true });
      this.#ask(at);
    };
    this.#sheets[at]?.holder.append(brokenNote(words, this.source.again(), again));
  }

  /** Puts a page's words and marks over its picture, if they are known. */
  #draw(at: number): void {
    const sheet = this.#sheets[at];
    if (!sheet?.runs || sheet.drawn) return;
    sheet.drawn = true;
    const ratio = (this.pages[at]?.height || 792) / (this.pages[at]?.width || 612);
    drawWords(sheet.words, wordsOf(sheet.runs, this.text), {
      text: this.text,
      positions: this.#positions,
      ratio,
    });
    this.#paint(at);
  }

  #drop(at: number): void {
    const sheet = this.#sheets[at];
    const selection = document.getSelection();
    const held = [selection?.anchorNode, selection?.focusNode].some(
      (node) => node && sheet?.words.contains(node),
    );
    if (!sheet?.drawn || held) return;
    sheet.drawn = false;
    sheet.words.replaceChildren();
    sheet.marks.replaceChildren();
  }

  #paint(at: number): void {
    const sheet = this.#sheets[at];
    const page = this.pages[at];
    if (!sheet?.drawn || !sheet.runs || !page) return;
    const runs = sheet.runs;
    const ranges = this.#ranges.at(at);
    const heights = lanes(ranges);
    drawMarks(
      sheet.marks,
      ranges.map((range) => ({
        id: range.id,
        look: this.parts.look(range),
        lane: heights.get(range) ?? 0,
        boxes: boxesOf(runs, range.start, range.end),
        closes: range.end <= page.end,
      })),
    );
  }
}
