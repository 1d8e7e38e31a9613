import { effect } from "@preact/signals-core";
import { Autosave } from "./autosave";
import type { DecisionDraft, Unfinished } from "./contracts";
import type { DisputeDesk } from "./decision";
import type { Transport } from "./transport";

export type DecisionAutosave = Autosave<DecisionDraft, Unfinished>;

/**
 * The autosave of a desk. `take` shows the version of another tab or device.
 * @returns it, with a function that stops watching the desk.
 */
export function autosaveOf(
  desk: DisputeDesk,
  transport: Transport,
  take: (draft: DecisionDraft) => void,
): { readonly autosave: DecisionAutosave; readonly stop: () => void } {
  const { dispute, draft } = desk.dispute;
  const autosave: DecisionAutosave = new Autosave(
    {
      read: () => desk.written.peek(),
      save: (revision, written) => transport.saveDecision(dispute, revision, written),
      contentOf: ({ revision: _revision, saved_at: _saved, ...written }) => written,
      take,
    },
    draft,
  );
  let opened = false;
  const stop = effect(() => {
    desk.written.value;
    if (opened && !desk.readOnly) autosave.changed();
    opened = true;
  });
  return { autosave, stop };
}
