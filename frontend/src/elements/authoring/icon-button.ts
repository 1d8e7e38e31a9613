import { html, svg, type TemplateResult } from "lit";
import { hint, shortcutOf } from "../command-parts";

const SIGNS = {
  up: "M10 15V5M5.5 9.5 10 5l4.5 4.5",
  down: "M10 5v10M5.5 10.5 10 15l4.5-4.5",
  close: "M5.5 5.5l9 9m0-9l-9 9",
  plus: "M10 4v12M4 10h12",
  edit: "M4 16l1-4 8.5-8.5 3 3L8 15z",
} as const;

export type IconSign = keyof typeof SIGNS;

interface IconButton {
  readonly sign: IconSign;
  /** What a screen reader calls it. */
  readonly name: string;
  /** The command that does the same to the row with the focus: its key is the button's. */
  readonly command: string;
  readonly run: () => void;
  readonly disabled?: boolean;
}

/** A button with a sign; its hint is its name and its key. */
export function iconButton({ sign, name, command, run, disabled = false }: IconButton): TemplateResult {
  return html`<button type="button" class="icon-button small-icon" aria-label=${name}
    aria-keyshortcuts=${shortcutOf(command)} ?disabled=${disabled} @click=${run}>
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${svg`<path d=${SIGNS[sign]}></path>`}</svg>${hint(name, command)}
  </button>`;
}
