/**
 * The stored HTML of an item as a tree, read without the browser's parser: the server keeps it in one form (elements
 * of a list, attributes of letters, digits and hyphens, four entities), and nothing else becomes an element here.
 */

const STRUCTURE =
  "abbr article aside b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em figcaption " +
  "figure footer h1 h2 h3 h4 h5 h6 header hr i ins kbd li main mark nav ol p pre q rp rt ruby s samp section small " +
  "span strong sub sup table tbody td tfoot th thead time tr u ul var wbr";

/** The elements that are shown. */
export const TAGS: ReadonlySet<string> = new Set(STRUCTURE.split(" "));

const VOID: ReadonlySet<string> = new Set(["br", "hr", "wbr", "col"]);

/** Attributes, and the elements that may have them; "" for all. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  dir: "",
  lang: "",
  colspan: "td th",
  rowspan: "td th",
  scope: "th",
  span: "col colgroup",
  start: "ol",
  value: "li",
};

const MEANS: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", nbsp: "\u00a0" };

const TOKEN = /<(\/?)([a-z][a-z0-9]*)((?: [a-z]+="[A-Za-z0-9-]{1,35}")*)>|&(amp|lt|gt|nbsp);|[^<>&]+|[<>&]/g;
const ATTRIBUTE = / ([a-z]+)="([A-Za-z0-9-]{1,35})"/g;

/** A text; offsets are UTF-16 units of the whole text, half-open. */
export interface HtmlLeaf {
  readonly start: number;
  readonly end: number;
}

export interface HtmlElement {
  readonly tag: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: readonly HtmlNode[];
}

export type HtmlNode = HtmlLeaf | HtmlElement;

export interface HtmlTree {
  readonly children: readonly HtmlNode[];
  /** What is left without the tags. */
  readonly text: string;
  /** False when there was anything that the stored form has not. */
  readonly clean: boolean;
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return "tag" in node;
}

interface Open {
  readonly tag: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: HtmlNode[];
}

class Reader {
  readonly #root: Open = { tag: "", attributes: [], children: [] };
  readonly #stack: Open[] = [this.#root];
  readonly #texts: string[] = [];
  #length = 0;
  #leaf = 0;
  #clean = true;

  read(html: string): HtmlTree {
    for (const found of html.matchAll(TOKEN)) {
      const [token, closing, tag, attributes, entity] = found;
      if (tag !== undefined) this.#tag(tag, closing === "/", attributes ?? "");
      else
        this.#say(
          entity ? (MEANS[entity] ?? "") : token,
          !entity && token.length === 1 && /[<>&]/.test(token),
        );
    }
    this.#flush();
    const clean = this.#clean && this.#stack.length === 1;
    while (this.#stack.length > 1) this.#close();
    return { children: this.#root.children, text: this.#texts.join(""), clean };
  }

  #say(text: string, odd: boolean): void {
    if (odd) this.#clean = false;
    this.#texts.push(text);
    this.#length += text.length;
  }

  /** The text since the last tag becomes one leaf. */
  #flush(): void {
    if (this.#length > this.#leaf)
      this.#stack.at(-1)?.children.push({ start: this.#leaf, end: this.#length });
    this.#leaf = this.#length;
  }

  #tag(tag: string, closes: boolean, attributes: string): void {
    this.#flush();
    const known = TAGS.has(tag);
    if (!known || (closes && this.#stack.at(-1)?.tag !== tag)) {
      this.#clean = false;
      return;
    }
    if (closes) {
      this.#close();
      return;
    }
    this.#stack.push({ tag, attributes: this.#attributes(tag, attributes), children: [] });
    if (VOID.has(tag)) this.#close();
  }

  #attributes(tag: string, written: string): readonly (readonly [string, string])[] {
    const kept: [string, string][] = [];
    for (const [, name = "", value = ""] of written.matchAll(ATTRIBUTE)) {
      const on = ATTRIBUTES[name];
      if (on === "" || on?.split(" ").includes(tag)) kept.push([name, value]);
      else this.#clean = false;
    }
    return kept;
  }

  #close(): void {
    const done = this.#stack.pop();
    if (done) this.#stack.at(-1)?.children.push(done);
  }
}

/** Reads stored HTML. What is no element of the list is left out, and `clean` says so. */
export function readHtml(html: string): HtmlTree {
  return new Reader().read(html);
}
