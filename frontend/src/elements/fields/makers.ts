import type { Field, FieldKind } from "../../core/contracts";
import { type HtmlTree, readHtml } from "../../core/html-tree";
import type { Texts } from "../../core/regions";
import { pagesIn, turnsIn } from "../../core/units";
import { HtmlView } from "../../dom/html-view";
import { PageView } from "../../dom/page-view";
import { TurnView } from "../../dom/turn-view";
import { turnWords } from "./speakers";
import type { ViewMaker } from "./views";

let lastHtml: { readonly html: string; readonly tree: HtmlTree } | null = null;

/** The stored HTML of a field, read. */
function htmlOf(field: Field, texts: Texts): HtmlTree {
  const given = texts.data[field.key];
  const html = typeof given === "string" ? given : "";
  if (lastHtml?.html !== html) lastHtml = { html, tree: readHtml(html) };
  return lastHtml.tree;
}

const turns: ViewMaker = {
  view: (field, texts, parts) => {
    const all = turnsIn(texts, field.name);
    const { text } = texts.of(field.name);
    return new TurnView(text, all, turnWords(field, all, parts.asked), parts);
  },
};

/** How texts are shown that are more than their words. */
export const VIEW_MAKERS: Readonly<Partial<Record<FieldKind, ViewMaker>>> = {
  html: {
    view: (field, texts, parts) => new HtmlView(htmlOf(field, texts), parts),
    showsItsText: (field, texts) => htmlOf(field, texts).text === texts.of(field.name).text,
  },
  dialogue: turns,
  chat: turns,
  pages: {
    view: (field, texts, parts) =>
      parts.source
        ? new PageView(texts.of(field.name).text, pagesIn(texts, field.name), parts.source, parts)
        : null,
  },
};
