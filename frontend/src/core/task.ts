import { signal } from "@preact/signals-core";
import { Autosave } from "./autosave";
import { ActiveClock } from "./clock";
import type { Question, Result, Work } from "./contracts";
import { LabelKeys } from "./keymap";
import { AnswerStore } from "./store";
import type { DraftBody, SavedDraft, SubmitBody, Transport } from "./transport";

/** One item on the desk: its answer, its draft, the time spent on it. */
export class Task {
  readonly store: AnswerStore;
  readonly autosave: Autosave;
  readonly clock: ActiveClock;
  readonly keys: LabelKeys;
  /** When the lease ends, in milliseconds since 1970; null when none is told. */
  readonly leaseUntil = signal<number | null>(null);
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
    this.#lease(work.lease_until);
    this.autosave = new Autosave(
      {
        read: () => this.store.result(),
        save: (revision, result) => this.transport.saveDraft(work.assignment, this.#draft(revision, result)),
        take: (result) => this.store.replace(result),
        saved: (draft) => this.#saved(draft),
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

  #saved(draft: SavedDraft): void {
    // Both times are the server's, so a wrong clock on this side does no harm.
    const held = Date.parse(draft.lease_until ?? "") - Date.parse(draft.saved_at);
    if (!Number.isNaN(held)) this.leaseUntil.value = Date.now() + held;
  }

  #lease(until: string | null): void {
    const time = until ? Date.parse(until) : Number.NaN;
    this.leaseUntil.value = Number.isNaN(time) ? null : time;
  }
}
