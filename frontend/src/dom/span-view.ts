import type { Range } from "../core/segments";
import type { Look } from "./marks";
import type { PageSource } from "./page-view";
import type { ShownText } from "./positions";

export interface Slice {
  readonly start: number;
  readonly end: number;
}

/**
 * A field's text in the page with spans painted on it: of a plain text, of HTML, of a dialogue's turns, of pages.
 * The editor and the reading view know no more of it than this.
 */
export interface SpanView<R extends Range> extends ShownText {
  /** Whole turns, where the text has any: keys go from one to the next. */
  readonly turns?: readonly Slice[];
  /** Pages, where the text has any. */
  readonly pages?: readonly Slice[];

  /** Shows these and no others. @param same tells whether two of one place look the same. */
  paint(ranges: readonly R[], same?: (a: R, b: R) => boolean): void;
  /** Takes some ranges away and shows others. */
  change(gone: readonly R[], added: readonly R[]): void;
  /** A range looks different now. */
  refresh(range: R): void;
  /** The slices of the text that are near the window, in order. */
  near(): readonly Slice[];
  dispose(): void;

  /** The id of the span that is shown at a point of the window, where marks do not hold the text. */
  spanAt?(x: number, y: number): string | null;
  /** The offset at a point of the window, where the browser's own selection does not follow the text. */
  offsetAt?(x: number, y: number): number | null;
  /** False while the place of an offset is still to be fetched; `moved` is called when it is known. */
  isLaidOut?(offset: number): boolean;
}

/** What an editor hands to a view. */
export interface ViewParts<R extends Range> {
  readonly root: HTMLElement;
  readonly look: (range: R) => Look;
  /** Spans can be put on it. */
  readonly asked: boolean;
  /** Where the pictures of pages come from; without them pages are shown as text. */
  readonly source: PageSource | null;
  /** Called when the view has laid out more of the text. */
  readonly moved: () => void;
}
