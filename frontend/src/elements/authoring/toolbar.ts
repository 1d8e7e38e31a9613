import { signal } from "@preact/signals-core";
import { html, svg, type TemplateResult } from "lit";
import type { Command } from "../../core/commands";
import { codeBlock, link, signLines, table, type Written, wrap } from "../../core/writing";
import { WRITING_KEYS, type WritingId } from "../../core/writing-keys";
import { t } from "../../i18n";
import { hint, shortcutOf } from "../command-parts";
import { addCommands, commands } from "../keyboard";

/** Something that Markdown is written in. */
export interface Writing {
  /** Changes the text of the field that has the caret. */
  edit(change: (written: Written) => Written): void;
  togglePreview(): void;
}

interface Tool {
  readonly id: WritingId;
  readonly change: (written: Written) => Written;
  readonly sign: TemplateResult;
}

const path = (d: string): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${svg`<path d=${d}></path>`}</svg>`;

const TOOLS: readonly Tool[] = [
  {
    id: "write.bold",
    change: (written) => wrap(written, "**"),
    sign: html`<b aria-hidden="true">B</b>`,
  },
  {
    id: "write.italic",
    change: (written) => wrap(written, "*"),
    sign: html`<i aria-hidden="true">I</i>`,
  },
  {
    id: "write.heading",
    change: (written) => signLines(written, "heading"),
    sign: html`<span aria-hidden="true">H</span>`,
  },
  {
    id: "write.bullets",
    change: (written) => signLines(written, "bullets"),
    sign: path("M8 5h9M8 10h9M8 15h9M3.5 5h.01M3.5 10h.01M3.5 15h.01"),
  },
  {
    id: "write.numbers",
    change: (written) => signLines(written, "numbers"),
    sign: path("M8 5h9M8 10h9M8 15h9M3 3.5l1.2-.6v4M2.8 12.2c.3-1 2-.8 1.9.3L2.8 15.4h2.1"),
  },
  {
    id: "write.quote",
    change: (written) => signLines(written, "quote"),
    sign: path("M4 4v12M8 6h9M8 10h9M8 14h6"),
  },
  {
    id: "write.code",
    change: (written) => wrap(written, "`"),
    sign: path("M7 6 3 10l4 4M13 6l4 4-4 4"),
  },
  {
    id: "write.block",
    change: codeBlock,
    sign: path("M3 4h14v12H3zM7 8 5.5 10 7 12M11 12h3.5"),
  },
  {
    id: "write.table",
    change: (written) => table(written, [t("write.table.first"), t("write.table.second")]),
    sign: path("M3 4h14v12H3zM3 8h14M3 12h14M10 4v12"),
  },
  {
    id: "write.link",
    change: (written) => link(written, t("write.link.word")),
    sign: path(
      "M8.5 11.5l3-3M9 6.5l1.8-1.8a3 3 0 0 1 4.3 4.3L13.3 11M11 13.5l-1.8 1.8a3 3 0 0 1-4.3-4.3L6.7 9",
    ),
  },
];

const PREVIEW = "write.preview";

/** Where the caret is, or was last. */
const writing = signal<Writing | null>(null);
let users = 0;
let forget: () => void = () => {};

export function writesHere(here: Writing): void {
  writing.value = here;
}

/** What a key or a button of the toolbar does. Words are kept under the command's id. */
function made(id: WritingId, run: (here: Writing) => void): Command {
  return {
    id,
    words: { key: id },
    group: { key: "write.group" },
    keys: [WRITING_KEYS[id]],
    whileTyping: true,
    possible: () => writing.peek() !== null,
    run: () => {
      const here = writing.peek();
      if (here) run(here);
    },
  };
}

function all(): readonly Command[] {
  return [
    ...TOOLS.map(({ id, change }) => made(id, (here) => here.edit(change))),
    made(PREVIEW, (here) => here.togglePreview()),
  ];
}

/** The keys of the toolbar work while something to write in is in the page. @returns what ends it. */
export function useTools(here: Writing): () => void {
  if (users === 0) forget = addCommands(all);
  users += 1;
  writing.value ??= here;
  return () => {
    users -= 1;
    if (users === 0) forget();
    if (writing.peek() === here) writing.value = null;
  };
}

/** Arrows walk through the buttons: one stop for the Tab key. */
function walk(event: KeyboardEvent): void {
  const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  const bar = event.currentTarget as HTMLElement;
  const buttons = [...bar.querySelectorAll<HTMLButtonElement>("button")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const to = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : by ? at + by : Number.NaN;
  const next = buttons[(to + buttons.length) % buttons.length];
  if (at < 0 || !next) return;
  event.preventDefault();
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
}

/** The buttons; the field keeps its selection while one is pressed. */
export function toolbar(here: Writing, name: string, preview: boolean): TemplateResult {
  const press = (id: string) => (): void => {
    writesHere(here);
    commands.run(id);
  };
  const button = (id: string, words: string, sign: TemplateResult, first: boolean): TemplateResult => html`
    <button type="button" class="write-tool" tabindex=${first ? 0 : -1} aria-label=${words}
      aria-keyshortcuts=${shortcutOf(id)} @pointerdown=${(event: Event) => event.preventDefault()} @click=${press(id)}>${sign}${hint(words, id)}</button>`;
  return html`<div class="write-tools" role="toolbar" aria-label=${t("write.tools", { name })} @keydown=${walk}>
    ${TOOLS.map(({ id, sign }, index) => button(id, t(id), sign, index === 0))}
    <button type="button" class="write-tool is-word" tabindex="-1" aria-pressed=${preview ? "true" : "false"}
      aria-keyshortcuts=${shortcutOf(PREVIEW)} @pointerdown=${(event: Event) => event.preventDefault()} @click=${press(PREVIEW)}>${t("write.preview")}${hint("", PREVIEW)}</button>
  </div>`;
}
