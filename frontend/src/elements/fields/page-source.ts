import { html, render } from "lit";
import type { Field } from "../../core/contracts";
import type { Data } from "../../core/field-text";
import type { PageSource } from "../../dom/page-view";
import { t } from "../../i18n";
import { apiBase } from "../../page-api";
import { capsOf, shortcutOf } from "../command-parts";

/** The address of an item's file, or null when the field names none. */
export function assetAddress(field: Field, data: Data): string | null {
  const given = data[field.key] as { readonly asset?: unknown } | null | undefined;
  const asset = given?.asset;
  if (typeof asset !== "string" || !asset) return null;
  return `${apiBase()}assets/${encodeURIComponent(asset)}`;
}

/** Asks for a page again, by its key too. */
function again(): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button small";
  made.dataset.does = "page.again";
  const chord = shortcutOf("page.again");
  if (typeof chord === "string") made.setAttribute("aria-keyshortcuts", chord);
  render(html`${t("page.again")}${capsOf("page.again")}`, made);
  return made;
}

/** Where a document's pages come from, or null when it has no file. The server counts them from 1. */
export function pageSource(field: Field, data: Data): PageSource | null {
  const address = assetAddress(field, data);
  if (!address) return null;
  return {
    picture: (page, size) => `${address}/pages/${page + 1}?size=${size}`,
    text: async (page) => {
      const answer = await fetch(`${address}/pages/${page + 1}/text`, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(`page ${page + 1}: ${answer.status}`);
      return (await answer.json()) as unknown;
    },
    name: (page) => t("page.name", { n: page + 1 }),
    words: { broken: t("page.broken"), missing: t("page.missing") },
    again,
  };
}
