import { html, type TemplateResult } from "lit";
import type { SaveState } from "../core/autosave";
import type { Outbox } from "../core/outbox";
import { t } from "../i18n";
import { icon } from "./parts";

type Look = "" | "good" | "warn" | "bad";

interface Said {
  readonly state: string;
  readonly look: Look;
  readonly words: string;
}

const LOOK: Readonly<Record<SaveState["kind"], Look>> = {
  untouched: "",
  waiting: "",
  saving: "",
  saved: "good",
  retrying: "warn",
  stale: "warn",
  refused: "bad",
};

function words(state: SaveState<unknown>, lasting: boolean): string {
  switch (state.kind) {
    case "untouched":
      return t("save.untouched");
    case "waiting":
    case "saving":
      return t("save.waiting");
    case "saved":
      return t("save.saved");
    case "retrying":
      return lasting ? t("save.kept") : t("save.retrying");
    case "stale":
      return t("save.stale");
    case "refused":
      return t("save.refused");
  }
}

/** What is to be said of answers on their way; null when there are none. */
export function outboxWords(outbox: Outbox, lasting: boolean): Omit<Said, "look"> | null {
  const n = outbox.waiting.value.length;
  if (n === 0) return null;
  switch (outbox.link.value) {
    case "up":
      return { state: "sending", words: t("outbox.sending", { n }) };
    case "down":
      return {
        state: "offline",
        words: lasting ? t("outbox.offline", { n }) : t("outbox.offline.page", { n }),
      };
    case "failing": {
      const failed = outbox.waiting.value.filter((one) => one.failures).length;
      return {
        state: "failing",
        words: t(lasting ? "outbox.failing" : "outbox.failing.page", { n: Math.max(1, failed) }),
      };
    }
    case "signed_out":
      return { state: "signed-out", words: t("outbox.signedOut", { n }) };
  }
}

/** Where the draft stands, and before it the answers that have not arrived. */
export function saveState(state: SaveState<unknown>, outbox?: Outbox, lasting = false): TemplateResult {
  const way = outbox ? outboxWords(outbox, lasting) : null;
  const draft: Said = { state: state.kind, look: LOOK[state.kind], words: words(state, lasting) };
  const said: Said =
    way && draft.look !== "bad" && state.kind !== "stale"
      ? { ...way, look: way.state === "sending" ? "" : "warn" }
      : draft;
  return html`
    <p class="save-state ${said.look} ${said === draft ? "" : "is-long"}" role="status" data-state=${said.state}>
      ${said.look === "good" ? icon("check") : said.look ? icon("warn") : html`<span class="dot" aria-hidden="true"></span>`}
      <span>${said.words}</span>
    </p>
  `;
}
