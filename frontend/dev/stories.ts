import type { Dispute, Work } from "../src/core/contracts";
import { contract, contractDispute } from "./story-contract";
import { note, noteDispute } from "./story-note";
import { edges, empty, long } from "./story-odd";

export type Story = (
  language: string,
) => { readonly kind: "label"; readonly data: Work } | { readonly kind: "decide"; readonly data: Dispute };

/** By the name that the address asks for. */
export const STORIES: Readonly<Record<string, Story>> = {
  contract: (language) => ({ kind: "label", data: contract(language) }),
  note: (language) => ({ kind: "label", data: note(language) }),
  long: (language) => ({ kind: "label", data: long(language) }),
  edges: (language) => ({ kind: "label", data: edges(language) }),
  submitted: (language) => ({ kind: "label", data: { ...contract(language), submitted: true } }),
  lease: (language) => ({
    kind: "label",
    data: { ...contract(language), lease_until: new Date(Date.now() + 170_000).toISOString() },
  }),
  empty: (language) => ({ kind: "label", data: empty(language) }),
  "dispute-choice": (language) => ({ kind: "decide", data: contractDispute(language) }),
  "dispute-spans": (language) => ({ kind: "decide", data: noteDispute(language) }),
};
