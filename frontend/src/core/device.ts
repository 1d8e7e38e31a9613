import type { AllBegun } from "./begun";
import type { Problem, Result } from "./contracts";
import type { SubmitBody } from "./transport";

/** A draft as this device has it, while the server may not. */
export interface KeptDraft {
  readonly assignment: string;
  /** The tab that wrote it. */
  readonly tab: string;
  /** The server's revision that it was built on. */
  readonly revision: number;
  /** Null when the server has everything and only the time is kept. */
  readonly result: Result | null;
  /** Fingerprints of what was sent without an answer: one of them may be what the server has. */
  readonly unconfirmed: readonly string[];
  readonly seconds: number;
  /** Names of the suggestions that were put aside. */
  readonly dismissed?: readonly string[];
  /** What is typed and not part of the answer yet: the server never has it. */
  readonly begun?: AllBegun;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** An answer that is handed in and not confirmed yet. */
export interface Letter {
  readonly assignment: string;
  readonly project: string;
  /** By which a person knows the item again. */
  readonly title: string;
  readonly body: SubmitBody;
  /** All that was written, where that is more than what is handed in: answers to questions that are not shown. */
  readonly written?: Result;
  readonly unconfirmed: readonly string[];
  /** Names of the suggestions that were put aside, where any were shown. */
  readonly dismissed?: readonly string[];
  /** How often the server has failed on it. */
  readonly failures?: number;
  /** When it was handed in, in milliseconds since 1970. */
  readonly at: number;
  /** Why the server did not take it; null while it waits to be sent. */
  readonly refusal: Problem | null;
}

export type Kept = KeptDraft | Letter;
export type KeptKind = "draft" | "letter";

/** Where things are kept. No method throws: what cannot be written is false. */
export interface Shelf {
  /** Whether what is kept here outlives the page. */
  readonly lasting: boolean;
  put(kind: KeptKind, key: string, value: Kept): Promise<boolean>;
  remove(kind: KeptKind, key: string): Promise<void>;
}

/** What a shelf had when the page was opened. */
export interface Found {
  readonly drafts: readonly KeptDraft[];
  readonly letters: readonly Letter[];
}

const NOTHING: Found = { drafts: [], letters: [] };
const DAY = 86_400_000;
/** Days after which a draft that nobody came back to is forgotten; letters never are. */
const DRAFT_DAYS = 30;

/** A shelf that lasts as long as the page. */
export const PAGE_ONLY: Shelf = {
  lasting: false,
  put: async () => true,
  remove: async () => {},
};

/** What one person's browser keeps: read at once, written behind. */
export class Device {
  readonly #drafts = new Map<string, KeptDraft>();
  readonly #letters = new Map<string, Letter>();
  /** What could not be written, and is on the page only. */
  readonly #unwritten = new Set<string>();
  #shelf: Shelf;
  #told: () => void = () => {};

  /** @param tab this tab's name, the same after a reload. @param alive tabs that are open: their drafts are theirs. */
  constructor(
    shelf: Shelf = PAGE_ONLY,
    private readonly tab = "",
    found: Found = NOTHING,
    private readonly alive: ReadonlySet<string> = new Set(),
    private readonly now: () => number = Date.now,
  ) {
    this.#shelf = shelf;
    this.#take(found);
  }

  /** Tells when more of what was kept has come (`come`). */
  onMore(told: () => void): void {
    this.#told = told;
  }

  /**
   * The browser's store is there, after the page went on without it: what is kept by now is written, and what was there
   * is told of. A draft in the place of one that was written meanwhile is another version.
   */
  come(shelf: Shelf, found: Found): void {
    if (!shelf.lasting) return;
    this.#shelf = shelf;
    const drafts = found.drafts.map((one) =>
      this.#drafts.has(keyOf(one)) ? { ...one, tab: `${one.tab} before` } : one,
    );
    const letters = found.letters.filter((one) => !this.#letters.has(one.assignment));
    const moved = drafts.filter((one) => !found.drafts.includes(one));
    for (const draft of [...this.#drafts.values(), ...moved]) void this.#put("draft", keyOf(draft), draft);
    for (const letter of this.#letters.values()) void this.#put("letter", letter.assignment, letter);
    this.#take({ drafts, letters });
    this.#told();
  }

  #take(found: Found): void {
    const oldest = this.now() - DRAFT_DAYS * DAY;
    for (const draft of found.drafts) {
      if (draft.at < oldest) void this.#shelf.remove("draft", keyOf(draft));
      else if (draft.tab === this.tab || !this.alive.has(draft.tab)) this.#drafts.set(keyOf(draft), draft);
    }
    for (const letter of found.letters) this.#letters.set(letter.assignment, letter);
  }

  /** Whether what is kept is still here when the page is closed. */
  get lasting(): boolean {
    return this.#shelf.lasting && this.#unwritten.size === 0;
  }

  /** The drafts of an assignment that this tab answers for: its own first, then those of closed tabs, newest first. */
  drafts(assignment: string): readonly KeptDraft[] {
    const own = (draft: KeptDraft): number => (draft.tab === this.tab ? 1 : 0);
    return [...this.#drafts.values()]
      .filter((draft) => draft.assignment === assignment)
      .sort((one, two) => own(two) - own(one) || two.at - one.at);
  }

  async keepDraft(draft: Omit<KeptDraft, "tab" | "at">): Promise<void> {
    const kept = { ...draft, tab: this.tab, at: this.now() };
    this.#drafts.set(keyOf(kept), kept);
    await this.#put("draft", keyOf(kept), kept);
  }

  /** Forgets the drafts of an assignment: the server has what they say. */
  async dropDrafts(assignment: string): Promise<void> {
    const gone = this.drafts(assignment);
    for (const draft of gone) this.#drafts.delete(keyOf(draft));
    await Promise.all(gone.map((draft) => this.#remove("draft", keyOf(draft))));
  }

  /** In the order in which they were handed in. */
  letters(): readonly Letter[] {
    return [...this.#letters.values()].sort((one, two) => one.at - two.at);
  }

  async keepLetter(letter: Letter): Promise<void> {
    this.#letters.set(letter.assignment, letter);
    await this.#put("letter", letter.assignment, letter);
  }

  async dropLetter(assignment: string): Promise<void> {
    this.#letters.delete(assignment);
    await this.#remove("letter", assignment);
  }

  async #put(kind: KeptKind, key: string, value: Kept): Promise<void> {
    const name = `${kind} ${key}`;
    if (await this.#shelf.put(kind, key, value)) this.#unwritten.delete(name);
    else if (this.#holds(kind, key)) this.#unwritten.add(name);
  }

  #remove(kind: KeptKind, key: string): Promise<void> {
    this.#unwritten.delete(`${kind} ${key}`);
    return this.#shelf.remove(kind, key);
  }

  #holds(kind: KeptKind, key: string): boolean {
    return kind === "draft" ? this.#drafts.has(key) : this.#letters.has(key);
  }
}

function keyOf(draft: KeptDraft): string {
  return `${draft.assignment} ${draft.tab}`;
}
