import { signal } from "@preact/signals-core";
import type { Draft, Problem, Result } from "./contracts";
import { fingerprint } from "./fingerprint";
import type { Outcome, SavedDraft } from "./transport";

/**
 * What the reader is told about the draft. "saved" is said only after the server answered 200; "waiting" and "saving"
 * read the same on the screen; "retrying" means that nobody answered; "stale" waits for a decision.
 */
export type SaveState<D = Draft> =
  | { readonly kind: "untouched" }
  | { readonly kind: "waiting" }
  | { readonly kind: "saving" }
  | { readonly kind: "saved"; readonly at: string | null }
  | { readonly kind: "retrying" }
  | { readonly kind: "stale"; readonly theirs: D }
  | { readonly kind: "refused"; readonly problem: Problem };

/** A draft as the server keeps it, apart from what it holds. */
export interface Stored {
  readonly revision: number;
  readonly saved_at?: string;
}

/** Where a draft `D` comes from and goes to; `C` is what is written in it. */
export interface AutosavePort<D extends Stored = Draft, C = Result> {
  /** What is written now. */
  read(): C;
  save(revision: number, content: C): Promise<Outcome<SavedDraft, D>>;
  /** What a stored draft holds. */
  contentOf(draft: D): C;
  /** The other version was chosen, or another tab has saved it: show it. */
  take(draft: D): void;
  /** The server has `content`, and everything here when nothing changed meanwhile (`unsaved` tells). */
  saved?(draft: SavedDraft, content: C): void;
}

/** Milliseconds from a change to its save, and the waits between tries when nobody answers. */
const DEBOUNCE = 600;
const RETRY_FIRST = 1_000;
const RETRY_MOST = 30_000;

/** Another version of a draft, which nobody has looked at yet. */
interface Other<D> {
  readonly draft: D;
  /** It is on this device only: the server has not seen it. */
  readonly here: boolean;
}

/** Saves one draft, one request at a time, each carrying the revision that it builds on. */
export class Autosave<D extends Stored = Draft, C = Result> {
  readonly state = signal<SaveState<D>>({ kind: "untouched" });
  #revision: number;
  #dirty = false;
  #closed = false;
  /** Fingerprints of what was sent without a confirmation: one of them may be what the server has. */
  readonly #unconfirmed = new Set<string>();
  /** What is being sent. Its fingerprint is taken only when somebody asks. */
  #sending: { readonly content: C; print?: string } | null = null;
  /** Versions to be asked about, one after another: nothing is saved, and so none forgotten, before the last. */
  #others: readonly Other<D>[] = [];
  #retryIn = RETRY_FIRST;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;

  constructor(
    private readonly port: AutosavePort<D, C>,
    draft: D | null,
  ) {
    this.#revision = draft?.revision ?? 0;
    if (draft) this.state.value = { kind: "saved", at: draft.saved_at ?? null };
  }

  /** True while something is here that the server has not confirmed. */
  get unsaved(): boolean {
    return this.#dirty || this.#running !== null;
  }

  /** True when something changed since the last request to save was made. */
  get dirty(): boolean {
    return this.#dirty;
  }

  /** The server's revision that what is written builds on. */
  get revision(): number {
    return this.#revision;
  }

  /** Fingerprints of what was sent without an answer so far. */
  get unconfirmed(): readonly string[] {
    const sending = this.#sending;
    if (sending) sending.print ??= fingerprint(sending.content);
    return [...new Set([...this.#unconfirmed, ...(sending?.print ? [sending.print] : [])])];
  }

  /**
   * What is written was found on this device, built on `revision`: it is saved, or compared with the server's `stored`
   * version where that has moved on. `others`: more versions found here.
   */
  restored(revision: number, unconfirmed: readonly string[], stored: D | null, others: readonly D[]): void {
    this.#dirty = true;
    for (const one of unconfirmed) this.#unconfirmed.add(one);
    const isOthers = stored && stored.revision > revision && !this.#isFromHere(stored);
    const theirs = isOthers ? [{ draft: stored, here: false }] : [];
    this.#ask([...theirs, ...others.map((draft) => ({ draft, here: true }))]);
    if (this.#others.length > 0) return;
    this.state.value = { kind: "waiting" };
    this.#schedule(0);
  }

  /**
   * The server has `theirs`, newer than what was handed in. One that was sent from here is built on.
   * @returns whether it is another version: then somebody is asked.
   */
  conflict(theirs: D): boolean {
    if (this.#isFromHere(theirs)) {
      this.#revision = theirs.revision;
      return false;
    }
    this.#dirty = true;
    this.#ask([{ draft: theirs, here: false }]);
    return true;
  }

  /** Another tab has saved: what is shown here follows, or both versions are shown where this one changed too. */
  elsewhere(draft: D): void {
    if (this.#closed || draft.revision <= this.#revision || this.#running) return;
    if (this.state.peek().kind === "stale") return;
    if (this.#dirty) {
      this.#ask([{ draft, here: false }]);
      return;
    }
    this.#revision = draft.revision;
    this.state.value = { kind: "saved", at: draft.saved_at ?? null };
    this.port.take(draft);
  }

  /** The answer changed: save it soon. */
  changed(): void {
    this.#dirty = true;
    if (this.#closed) return;
    const { kind } = this.state.peek();
    if (kind === "stale" || kind === "retrying") return;
    // One that waits already is told once: whoever shows the state draws at each telling.
    if (!this.#running && kind !== "waiting") this.state.value = { kind: "waiting" };
    this.#schedule(DEBOUNCE);
  }

  /** Saves now what waits to be saved (also after a failure), and settles when the server has answered. */
  async flush(): Promise<void> {
    // A closed or a stale draft may also come about while the request under way is waited for.
    while (this.#running) await this.#running;
    if (this.#dirty && !this.#closed && this.state.peek().kind !== "stale") await this.#run();
  }

  /**
   * Ends a conflict: "mine" writes this answer over the other's revision, "theirs" shows the other. Where one more version
   * waits, that is asked about next.
   */
  async resolve(choice: "mine" | "theirs"): Promise<void> {
    const [other, ...left] = this.#others;
    if (!other) return;
    const { draft, here } = other;
    if (!here) this.#revision = draft.revision;
    this.#dirty = choice === "mine" || here;
    this.#others = left;
    if (choice === "theirs") this.port.take(draft);
    if (this.#asking()) return;
    this.state.value = this.#dirty ? { kind: "waiting" } : { kind: "saved", at: draft.saved_at ?? null };
    if (this.#dirty) await this.flush();
  }

  /** Stops saving, after the request under way; used before a submit and when the item is left. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Goes on saving after a submit that was refused. */
  reopen(): void {
    this.#closed = false;
    if (!this.#dirty) return;
    if (this.state.peek().kind === "saved") this.state.value = { kind: "waiting" };
    this.#schedule(DEBOUNCE);
  }

  #ask(others: readonly Other<D>[]): void {
    this.#others = [...this.#others, ...others];
    this.#asking();
  }

  /** Shows the version that is asked about now. @returns whether there is one. */
  #asking(): boolean {
    const [other] = this.#others;
    if (!other) return false;
    clearTimeout(this.#timer);
    this.state.value = { kind: "stale", theirs: other.draft };
    return true;
  }

  #isFromHere(draft: D): boolean {
    return this.unconfirmed.includes(fingerprint(this.port.contentOf(draft)));
  }

  #schedule(wait: number): void {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => void this.flush(), wait);
  }

  #run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running = this.#save().finally(() => {
      this.#running = null;
      if (this.#dirty && this.state.peek().kind === "saving") {
        this.state.value = { kind: "waiting" };
        this.#schedule(DEBOUNCE);
      }
    });
    return this.#running;
  }

  async #save(): Promise<void> {
    const content = this.port.read();
    this.#dirty = false;
    this.state.value = { kind: "saving" };
    this.#sending = { content };
    const outcome = await this.port.save(this.#revision, content);
    const unconfirmed = outcome.kind === "ok" ? [] : this.unconfirmed;
    this.#sending = null;
    for (const one of unconfirmed) this.#unconfirmed.add(one);
    if (outcome.kind === "ok") this.#confirmed(outcome.value, content);
    else if (outcome.kind === "unreachable") this.#retry();
    else if (outcome.theirs) this.#stale(outcome.theirs, content);
    else {
      this.#dirty = true;
      this.state.value = { kind: "refused", problem: outcome.problem };
    }
  }

  #confirmed(saved: SavedDraft, content: C): void {
    this.#revision = saved.revision;
    this.#retryIn = RETRY_FIRST;
    this.#unconfirmed.clear();
    if (!this.#dirty) this.state.value = { kind: "saved", at: saved.saved_at };
    this.port.saved?.(saved, content);
  }

  #retry(): void {
    this.#dirty = true;
    this.state.value = { kind: "retrying" };
    this.#schedule(this.#retryIn);
    this.#retryIn = Math.min(this.#retryIn * 2, RETRY_MOST);
  }

  /** The answer to an earlier save may have been lost on the way: then the other version was sent from here. */
  #stale(theirs: D, sent: C): void {
    if (this.conflict(theirs)) return;
    const held = this.port.contentOf(theirs);
    this.#dirty ||= fingerprint(held) !== fingerprint(sent);
    this.#confirmed({ revision: theirs.revision, saved_at: theirs.saved_at ?? "" }, held);
  }
}
