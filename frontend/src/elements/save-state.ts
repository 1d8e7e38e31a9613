import { html, type TemplateResult } from "lit";
import type { SaveState } from "../core/autosave";
import { t } from "../i18n";
import { icon } from "./parts";

const LOOK: Readonly<Record<SaveState["kind"], string>> = {
  untouched: "",
  waiting: "",
  saving: "",
  saved: "good",
  retrying: "warn",
  stale: "warn",
  refused: "bad",
};

function words(state: SaveState<unknown>): string {
  switch (state.kind) {
    case "untouched":
      return t("save.untouched");
    case "waiting":
    case "saving":
      return t("save.waiting");
    case "saved":
      return t("save.saved");
    case "retrying":
      return t("save.retrying");
    case "stale":
      return t("save.stale");
    case "refused":
      return t("save.refused");
  }
}

/** Where the draft stands. */
export function saveState(state: SaveState<unknown>): TemplateResult {
  const look = LOOK[state.kind];
  return html`
    <p class="save-state ${look}" role="status" data-state=${state.kind}>
      ${look === "good" ? icon("check") : look ? icon("warn") : html`<span class="dot" aria-hidden="true"></span>`}
      <span>${words(state)}</span>
    </p>
  `;
}
