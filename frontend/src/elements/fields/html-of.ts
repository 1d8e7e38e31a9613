import type { Field } from "../../core/contracts";
import { type HtmlTree, readHtml } from "../../core/html-tree";
import type { Texts } from "../../core/regions";

let last: { readonly html: string; readonly tree: HtmlTree } | null = null;

/** The stored HTML of a field, read. */
export function htmlOf(field: Field, texts: Texts): HtmlTree {
  const given = texts.data[field.key];
  const html = typeof given === "string" ? given : "";
  if (last?.html !== html) last = { html, tree: readHtml(html) };
  return last.tree;
}
