import { Autosave } from "./autosave";
import { ActiveClock } from "./clock";
import type { Question, Result, Work } from "./contracts";
import { LabelKeys } from "./keymap";
import { Lease } from "./lease";
import { AnswerStore } from "./store";
import type { DraftBody, SubmitBody, Transport } from "./transport";

/** One item on the desk: its answer, its draft, the time spent on it. */
export class Task {
  readonly store: AnswerStore;
  readonly autosave: Autosave;
  readonly clock: ActiveClock;
  readonly keys: LabelKeys;
  readonly lease: Lease;
  /** Seen but not to be changed: one's own submitted answer. */
  readonly readOnly: boolean;

  constructor(
    readonly work: Work,
    private readonly transport: Transport,
    now: () => number = () => performance.now(),
  ) {
    this.readOnly = work.submitted;
    this.store = new AnswerStore(work.schema, work.item.data, work.draft?.result ?? [], now);
    this.clock = new ActiveClock(now, work.draft?.seconds ?? 0);
    this.keys = new LabelKeys(work.schema.questions);
    this.lease = new Lease(work, transport);
    this.autosave = new Autosave(
      {
        read: () => this.store.result(),
        save: (revision, result) => this.transport.saveDraft(work.assignment, this.#draft(revision, result)),
        contentOf: (draft) => draft.result,
        take: (draft) => this.store.replace(draft.result),
        saved: (draft) => this.lease.told(draft.lease_until ?? null, draft.saved_at),
      },
      work.draft,
    );
    this.store.onChange((_change, origin) => {
      if (origin !== "replace" && !this.readOnly) this.autosave.changed();
    });
  }

  /** Questions that stand between the answer and its submit: unreadable input, then required ones not answered. */
  blocking(): readonly Question[] {
    const unreadable = this.store.unreadable.peek();
    const missing = this.store.missing();
    return this.work.schema.questions.filter((one) => unreadable.has(one.key) || missing.includes(one));
  }

  submission(): SubmitBody {
    const { item, schema, guideline } = this.work;
    return {
      result: this.store.result(),
      hashes: item.hashes,
      seconds: this.clock.seconds,
      schema_version: schema.version,
      ...(guideline ? { guideline_version: guideline.version } : {}),
    };
  }

  #draft(revision: number, result: Result): DraftBody {
    return { revision, result, seconds: this.clock.seconds, schema_version: this.work.schema.version };
  }
}
