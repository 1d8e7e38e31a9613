import { signal } from "@preact/signals-core";
import type { Draft, Problem, Result } from "./contracts";
import { sameJson } from "./equal";
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
  /** The other version was taken: show it. */
  take(draft: D): void;
  /** The server has `content`, and everything here when nothing changed meanwhile (`unsaved` tells). */
  saved?(draft: SavedDraft, content: C): void;
}

/** Milliseconds from a change to its save, and the waits between tries when nobody answers. */
const DEBOUNCE = 600;
const RETRY_FIRST = 1_000;
const RETRY_MOST = 30_000;

/** Saves one draft, one request at a time, each carrying the revision that it builds on. */
export class Autosave<D extends Stored = Draft, C = Result> {
  readonly state = signal<SaveState<D>>({ kind: "untouched" });
  #revision: number;
  #dirty = false;
  #closed = false;
  /** What was sent without a confirmation: one of these may be what the server has. */
  #unconfirmed: C[] = [];
  /** The other version of a conflict is on this device only. */
  #theirsIsHere = false;
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

  /** What was sent without an answer so far. */
  get unconfirmed(): readonly C[] {
    return this.#unconfirmed;
  }

  /**
   * What is written was found on this device, built on `revision`: it is saved, or compared with the server's `stored`
   * version where that has moved on. `other`: a second version found here.
   */
  restored(revision: number, unconfirmed: readonly C[], stored: D | null, other: D | null): void {
    this.#dirty = true;
    const sentFromHere = stored && unconfirmed.some((one) => sameJson(one, this.port.contentOf(stored)));
    if (stored && stored.revision > revision && !sentFromHere) {
      this.state.value = { kind: "stale", theirs: stored };
    } else if (other) {
      this.#theirsIsHere = true;
      this.state.value = { kind: "stale", theirs: { ...other, revision: this.#revision } };
    } else {
      this.state.value = { kind: "waiting" };
      this.#schedule(0);
    }
  }

  /** Another tab has saved: what is shown here follows, or both versions are shown where this one changed too. */
  elsewhere(draft: D): void {
    if (this.#closed || draft.revision <= this.#revision || this.#running) return;
    if (this.state.peek().kind === "stale") return;
    if (this.#dirty) {
      clearTimeout(this.#timer);
      this.state.value = { kind: "stale", theirs: draft };
      return;
    }
    this.#revision = draft.revision;
    this.state.value = { kind: "saved", at: draft.saved_at ?? null };
    this.port.take(draft);
  }

  /** The answer changed: save it soon. */
  changed(): void {
    if (this.#closed) return;
    this.#dirty = true;
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

  /** Ends a conflict: "mine" writes this answer over the other's revision, "theirs" shows the other. */
  async resolve(choice: "mine" | "theirs"): Promise<void> {
    const state = this.state.peek();
    if (state.kind !== "stale") return;
    this.#revision = state.theirs.revision;
    this.#dirty = choice === "mine" || this.#theirsIsHere;
    this.#theirsIsHere = false;
    this.state.value = this.#dirty
      ? { kind: "waiting" }
      : { kind: "saved", at: state.theirs.saved_at ?? null };
    if (choice === "theirs") this.port.take(state.theirs);
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
    if (this.#dirty) this.#schedule(DEBOUNCE);
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
    this.#unconfirmed.push(content);
    const outcome = await this.port.save(this.#revision, content);
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
    this.#unconfirmed = [];
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
    const held = this.port.contentOf(theirs);
    if (!this.#unconfirmed.some((one) => sameJson(one, held))) {
      this.#dirty = true;
      this.state.value = { kind: "stale", theirs };
      return;
    }
    this.#dirty ||= !sameJson(held, sent);
    this.#confirmed({ revision: theirs.revision, saved_at: theirs.saved_at ?? "" }, held);
  }
}
