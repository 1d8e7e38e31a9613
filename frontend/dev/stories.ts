import type { Dispute, Work } from "../src/core/contracts";
import { taxonomy, tree } from "./story-asking";
import { dialogue, rubrics, writing } from "./story-authoring";
import { contract, contractDispute } from "./story-contract";
import { longDispute } from "./story-dispute";
import { letter } from "./story-html";
import { receipt } from "./story-image";
import { note, noteDispute, suggestedNote } from "./story-note";
import { edges, empty, long } from "./story-odd";
import { paper } from "./story-pages";
import { buckets, pair, ranking } from "./story-ranking";
import { related, relatedDispute, relatedLong } from "./story-related";
import { ledger, record } from "./story-table";
import { chat, steps, visit } from "./story-talk";

export type Story = (
  language: string,
) => { readonly kind: "label"; readonly data: Work } | { readonly kind: "decide"; readonly data: Dispute };

/** By the name that the address asks for. */
export const STORIES: Readonly<Record<string, Story>> = {
  contract: (language) => ({ kind: "label", data: contract(language) }),
  note: (language) => ({ kind: "label", data: note(language) }),
  suggested: (language) => ({ kind: "label", data: suggestedNote(language) }),
  letter: (language) => ({ kind: "label", data: letter(language) }),
  "letter-broken": (language) => ({ kind: "label", data: letter(language, true) }),
  visit: (language) => ({ kind: "label", data: visit(language) }),
  steps: (language) => ({ kind: "label", data: steps(language) }),
  ledger: (language) => ({ kind: "label", data: ledger(language) }),
  "ledger-long": (language) => ({ kind: "label", data: ledger(language, 1000) }),
  record: (language) => ({ kind: "label", data: record(language) }),
  receipt: (language) => ({ kind: "label", data: receipt(language) }),
  paper: (language) => ({ kind: "label", data: paper(language) }),
  "paper-long": (language) => ({ kind: "label", data: paper(language, 300) }),
  chat: (language) => ({ kind: "label", data: chat(language) }),
  long: (language) => ({ kind: "label", data: long(language) }),
  edges: (language) => ({ kind: "label", data: edges(language) }),
  submitted: (language) => ({ kind: "label", data: { ...contract(language), submitted: true } }),
  lease: (language) => ({
    kind: "label",
    data: { ...contract(language), lease_until: new Date(Date.now() + 170_000).toISOString() },
  }),
  writing: (language) => ({ kind: "label", data: writing(language) }),
  dialogue: (language) => ({ kind: "label", data: dialogue(language) }),
  rubrics: (language) => ({ kind: "label", data: rubrics(language) }),
  "written-submitted": (language) => ({ kind: "label", data: { ...writing(language), submitted: true } }),
  tree: (language) => ({ kind: "label", data: tree(language) }),
  taxonomy: (language) => ({ kind: "label", data: taxonomy(language) }),
  pair: (language) => ({ kind: "label", data: pair(language) }),
  ranking: (language) => ({ kind: "label", data: ranking(language) }),
  buckets: (language) => ({ kind: "label", data: buckets(language) }),
  related: (language) => ({ kind: "label", data: related(language) }),
  "related-long": (language) => ({ kind: "label", data: relatedLong(language) }),
  "related-submitted": (language) => ({ kind: "label", data: { ...related(language), submitted: true } }),
  empty: (language) => ({ kind: "label", data: empty(language) }),
  "dispute-regions": (language) => ({ kind: "decide", data: relatedDispute(language, "sure") }),
  "dispute-relations": (language) => ({ kind: "decide", data: relatedDispute(language, "link") }),
  "dispute-choice": (language) => ({ kind: "decide", data: contractDispute(language) }),
  "dispute-spans": (language) => ({ kind: "decide", data: noteDispute(language) }),
  "dispute-long": (language) => ({ kind: "decide", data: longDispute(language) }),
};
