import { Autosave } from "./autosave";
import { hasWords } from "./begun";
import { ActiveClock } from "./clock";
import type { Draft, Question, Result, Work } from "./contracts";
import { Device, type KeptDraft, type Letter } from "./device";
import { sameJson } from "./equal";
import { Lease } from "./lease";
import { begin } from "./offered";
import { AnswerStore } from "./store";
import { Suggestions } from "./suggestions";
import { ALONE, type Tabs } from "./tabs";
import type { DraftBody, SavedDraft, SubmitBody, Transport } from "./transport";
import { holdsSubmit } from "./unreadable";

/** Milliseconds from a change to its copy on the device, and between two words about activity to other tabs. */
const KEEP_AFTER = 200;
const TELL_EVERY = 1_000;
const TITLE = 60;

/** Where a task is worked on: what keeps it, and who else may have it open. */
export interface Place {
  readonly device: Device;
  readonly tabs: Tabs;
  /** Whether the page is out of sight. */
  readonly hidden?: () => boolean;
}

/** One item on the desk: its answer, its draft, the time spent on it. */
export class Task {
  readonly store: AnswerStore;
  readonly suggestions: Suggestions;
  readonly autosave: Autosave;
  readonly clock: ActiveClock;
  readonly lease: Lease;
  /** Seen but not to be changed: one's own submitted answer. */
  readonly readOnly: boolean;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #told = Number.NEGATIVE_INFINITY;
  #left = false;
  /** How many changes there were, and how many of them are on the device. */
  #changes = 0;
  #kept = 0;

  constructor(
    readonly work: Work,
    private readonly transport: Transport,
    private readonly place: Place = { device: new Device(), tabs: ALONE },
    private readonly now: () => number = () => performance.now(),
  ) {
    this.readOnly = work.submitted;
    this.store = new AnswerStore(work.schema, work.item.data, work.draft?.result ?? [], now, work.item);
    if (!work.draft && !this.readOnly) begin(this.store);
    this.suggestions = new Suggestions(this.store, work.suggestions, work.draft?.dismissed);
    this.clock = new ActiveClock(now, work.draft?.seconds ?? 0);
    this.lease = new Lease(work, transport);
    this.autosave = new Autosave(
      {
        read: () => this.store.written(),
        save: (revision, result) => this.transport.saveDraft(work.assignment, this.#draft(revision, result)),
        contentOf: (draft) => draft.result,
        take: (draft) => this.#take(draft),
        saved: (draft, content) => this.#saved(draft, content),
      },
      work.draft,
    );
    if (!this.readOnly) this.#restore();
    this.store.onChange((_change, origin) => {
      if (origin === "replace" || this.readOnly) return;
      this.autosave.changed();
      this.#changed();
    });
    const { begun } = this.store;
    const found = begun.peek();
    begun.subscribe((now) => {
      if (now !== found) this.#changed();
    });
  }

  /** True once the answer is handed in or the item is given up. */
  get left(): boolean {
    return this.#left;
  }

  /** Whether something was changed since it was opened here. */
  get touched(): boolean {
    return this.#changes > 0;
  }

  /** True for the moment in which a change is neither on the device nor at the server. */
  get unkept(): boolean {
    return !this.#left && this.#kept !== this.#changes && this.unsaved;
  }

  /** True while something is here that the server has not: also a message that is begun. */
  get unsaved(): boolean {
    return this.autosave.unsaved || hasWords(this.store.begun.peek());
  }

  /** Questions that stand between the answer and its submit: unreadable input, then required ones not answered. */
  blocking(): readonly Question[] {
    const missing = this.store.missing();
    return this.work.schema.questions.filter((one) => holdsSubmit(this.store, one) || missing.includes(one));
  }

  submission(): SubmitBody {
    const { item, schema, guideline } = this.work;
    return {
      result: this.store.result(),
      hashes: item.hashes,
      seconds: this.clock.seconds,
      schema_version: schema.version,
      revision: this.autosave.revision,
      ...(guideline ? { guideline_version: guideline.version } : {}),
      ...(this.suggestions.all.length > 0 ? { suggestions: this.suggestions.seen() } : {}),
    };
  }

  /** The answer as it is handed in. */
  letter(): Letter {
    const body = this.submission();
    const written = this.store.written();
    return {
      assignment: this.work.assignment,
      project: this.work.project.id,
      title: titleOf(this.work),
      body,
      ...(written.length > body.result.length ? { written } : {}),
      unconfirmed: [...this.autosave.unconfirmed],
      ...this.#aside(),
      at: Date.now(),
      refusal: null,
    };
  }

  /** A key, a pointer or a scroll. */
  input(): void {
    this.clock.input();
    if (this.now() - this.#told < TELL_EVERY) return;
    this.#told = this.now();
    const { assignment } = this.work;
    this.place.tabs.tell({ kind: "active", assignment, seconds: this.clock.seconds });
  }

  /** Puts what the server may lack, and the time, on the device. */
  keep(): void {
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    if (this.readOnly || this.#left) return;
    const isThere = this.#kept === this.#changes && this.autosave.unsaved;
    if (!isThere) void this.#keep();
  }

  #changed(): void {
    this.#changes += 1;
    this.#keeping ??= setTimeout(() => this.keep(), KEEP_AFTER);
  }

  async #keep(result = this.autosave.unsaved ? this.store.written() : null): Promise<void> {
    const changes = this.#changes;
    await this.place.device.keepDraft({
      assignment: this.work.assignment,
      revision: this.autosave.revision,
      result,
      unconfirmed: [...this.autosave.unconfirmed],
      seconds: this.clock.seconds,
      begun: this.store.begun.peek(),
      ...this.#aside(),
    });
    this.#kept = changes;
  }

  /** The item comes before somebody's eyes. */
  begin(): void {
    this.clock.begin(this.place.hidden?.());
  }

  /** Stops saving: no draft may come after what is done with the item. Settles after the request under way. */
  leave(): Promise<void> {
    this.keep();
    this.#left = true;
    this.clock.stop();
    return this.autosave.close();
  }

  /** Goes on after `leave` when the server refused. */
  back(): void {
    this.#left = false;
    this.begin();
    this.autosave.reopen();
    this.keep();
  }

  #draft(revision: number, result: Result): DraftBody {
    const { version } = this.work.schema;
    return { revision, result, seconds: this.clock.seconds, schema_version: version, ...this.#aside() };
  }

  #aside(): { readonly dismissed?: readonly string[] } {
    return this.suggestions.all.length > 0 ? { dismissed: this.suggestions.dismissed() } : {};
  }

  #take(draft: Draft): void {
    this.store.follow(draft.result);
    if (draft.dismissed) this.suggestions.putAside(draft.dismissed);
    this.clock.atLeast(draft.seconds ?? 0);
    // What stood here before is not to be found again: it was another version that was chosen.
    void this.#keep();
  }

  #saved(saved: SavedDraft, result: Result): void {
    const { assignment } = this.work;
    this.lease.told(saved.lease_until ?? null, saved.saved_at);
    const { seconds } = this.clock;
    const { revision, saved_at } = saved;
    const draft = { revision, result, saved_at, seconds, ...this.#aside() };
    this.place.tabs.tell({ kind: "saved", assignment, draft });
    const { dirty } = this.autosave;
    if (dirty || hasWords(this.store.begun.peek())) void this.#keep(dirty ? this.store.written() : null);
    else if (!this.#left) void this.place.device.dropDrafts(assignment);
  }

  /** What the device kept of an earlier look was found late: where something is written by now, both are shown. */
  foundMore(): void {
    if (!this.touched) {
      this.#restore();
      return;
    }
    const kept = this.place.device.drafts(this.work.assignment);
    const others = this.#versions(kept, [this.store.written(), this.work.draft?.result ?? []]);
    if (others.length > 0) this.autosave.restored(this.autosave.revision, [], null, others.map(draftOf));
  }

  /** What the device kept of an earlier look at this item is gone on with. */
  #restore(): void {
    const kept = this.place.device.drafts(this.work.assignment);
    this.clock.atLeast(Math.max(0, ...kept.map((one) => one.seconds)));
    const aside = kept.find((one) => one.dismissed)?.dismissed;
    if (aside) this.suggestions.putAside(aside);
    const begun = kept.find((one) => hasWords(one.begun ?? {}))?.begun;
    if (begun) this.store.begun.value = begun;
    const stored = this.work.draft;
    const [first, ...others] = this.#versions(kept, [stored?.result ?? []]);
    if (!first) return;
    this.store.replace(first.result);
    // A version that does not say is no reason to forget what the server has.
    if (first.dismissed) this.suggestions.putAside(first.dismissed);
    this.autosave.restored(first.revision, first.unconfirmed, stored, others.map(draftOf));
  }

  /** Those that say something else than what is known, each once. */
  #versions(kept: readonly KeptDraft[], known: readonly Result[]): readonly Version[] {
    const versions: Version[] = [];
    for (const one of kept) {
      const { result } = one;
      const said = [...known, ...versions.map((version) => version.result)];
      if (result && !said.some((other) => sameJson(other, result))) versions.push({ ...one, result });
    }
    return versions;
  }
}

type Version = KeptDraft & { readonly result: Result };

function draftOf({ revision, result, at, seconds, dismissed }: Version): Draft {
  const saved_at = new Date(at).toISOString();
  return { revision, result, saved_at, seconds, ...(dismissed ? { dismissed } : {}) };
}

/** What a person knows an item again by: how its first text begins. */
function titleOf(work: Work): string {
  const [first] = work.schema.fields;
  const value = first ? (work.item.texts?.[first.name] ?? work.item.data[first.key]) : "";
  const words =
    typeof value === "string"
      ? value
          .slice(0, 4 * TITLE)
          .replace(/\s+/g, " ")
          .trim()
      : "";
  const letters = Array.from(words);
  return letters.length > TITLE ? `${letters.slice(0, TITLE).join("")}…` : words;
}
