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
  /** Versions that were sent without an answer: one of them may be what the server has. */
  readonly unconfirmed: readonly Result[];
  readonly seconds: number;
  /** Names of the suggestions that were put aside. */
  readonly dismissed?: readonly string[];
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
  readonly unconfirmed: readonly Result[];
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
  #failed = false;

  /** @param tab this tab's name, the same after a reload. @param alive tabs that are open: their drafts are theirs. */
  constructor(
    private readonly shelf: Shelf = PAGE_ONLY,
    private readonly tab = "",
    found: Found = NOTHING,
    alive: ReadonlySet<string> = new Set(),
    private readonly now: () => number = Date.now,
  ) {
    const oldest = now() - DRAFT_DAYS * DAY;
    for (const draft of found.drafts) {
      if (draft.at < oldest) void shelf.remove("draft", keyOf(draft));
      else if (draft.tab === tab || !alive.has(draft.tab)) this.#drafts.set(keyOf(draft), draft);
    }
    for (const letter of found.letters) this.#letters.set(letter.assignment, letter);
  }

  /** Whether what is kept is still here when the page is closed. */
  get lasting(): boolean {
    return this.shelf.lasting && !this.#failed;
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
    await this.#written(this.shelf.put("draft", keyOf(kept), kept));
  }

  /** Forgets the drafts of an assignment: the server has what they say. */
  async dropDrafts(assignment: string): Promise<void> {
    const gone = this.drafts(assignment);
    for (const draft of gone) this.#drafts.delete(keyOf(draft));
    await Promise.all(gone.map((draft) => this.shelf.remove("draft", keyOf(draft))));
  }

  /** In the order in which they were handed in. */
  letters(): readonly Letter[] {
    return [...this.#letters.values()].sort((one, two) => one.at - two.at);
  }

  async keepLetter(letter: Letter): Promise<void> {
    this.#letters.set(letter.assignment, letter);
    await this.#written(this.shelf.put("letter", letter.assignment, letter));
  }

  async dropLetter(assignment: string): Promise<void> {
    this.#letters.delete(assignment);
    await this.shelf.remove("letter", assignment);
  }

  async #written(done: Promise<boolean>): Promise<void> {
    this.#failed = !(await done);
  }
}

function keyOf(draft: KeptDraft): string {
  return `${draft.assignment} ${draft.tab}`;
}
