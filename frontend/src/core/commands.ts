/** Everything that a page can do: what it is called, its keys, when it is possible, what it does. One table. */

import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import type { Key, Params } from "../i18n";
import { isSingle } from "./keymap";

/** Words by their key in the catalogues, or as the project has written them. */
export type Words = { readonly key: Key; readonly params?: Params } | { readonly text: string };

export interface Command {
  /** Stable: a person's own key is kept under it. */
  readonly id: string;
  readonly words: Words;
  /** Under which heading it is listed. */
  readonly group: Words;
  /** Without a choice of the person's own: as many of these as nothing else has; the first is shown. */
  readonly keys: readonly string[];
  /** Its keys also work in an input. */
  readonly whileTyping?: boolean;
  /** Keys of the caret, as in every text: listed, done by the text itself, never another's. */
  readonly fixed?: boolean;
  /** Its keys go before those of the workspace: the project has asked for them. */
  readonly first?: boolean;
  /** It ends a piece of work: a key that is held down does it once. */
  readonly once?: boolean;
  /** Whether it would do something now; always when absent. */
  readonly possible?: () => boolean;
  readonly run: () => void;
}

/** What a person has chosen: a chord by command id, "" for none; and whether keys of one sign work at all. */
export interface KeyChoices {
  readonly keys: Readonly<Record<string, string>>;
  readonly single: boolean;
}

type Source = () => readonly Command[];

interface Assigned {
  readonly owner: ReadonlyMap<string, Command>;
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

/** The commands of the elements that are in the page. Reading it in a drawing draws again when a key changes. */
export class CommandTable {
  readonly #sources = signal<readonly Source[]>([]);
  /** In the order in which they were added; of two with one id the later. */
  readonly all = computed(() => [
    ...new Map(this.#sources.value.flatMap((source) => source()).map((one) => [one.id, one])).values(),
  ]);
  readonly #assigned = computed(() => assign(this.all.value, this.choices.value.keys));

  constructor(readonly choices: ReadonlySignal<KeyChoices>) {}

  /** Adds commands; a source that reads signals is read again when they change. @returns what takes them away. */
  add(source: Source): () => void {
    this.#sources.value = [...this.#sources.peek(), source];
    return () => {
      this.#sources.value = this.#sources.peek().filter((one) => one !== source);
    };
  }

  get(id: string): Command | undefined {
    return this.all.value.find((one) => one.id === id);
  }

  /** The key to show for a command, or undefined. */
  keyOf(id: string): string | undefined {
    return this.keysOf(id)[0];
  }

  /** All keys of a command that work now. */
  keysOf(id: string): readonly string[] {
    const { single } = this.choices.value;
    return (this.#assigned.value.keys.get(id) ?? []).filter((chord) => single || !isSingle(chord));
  }

  /** The command that has a chord, whether it is possible now or not. */
  ownerOf(chord: string): Command | undefined {
    return this.#assigned.value.owner.get(chord);
  }

  /** What a key press does now. @param typing whether it was pressed in an input. */
  pressed(chord: string, typing: boolean): Command | undefined {
    const found = this.#assigned.peek().owner.get(chord);
    if (!found || found.fixed || (typing && !found.whileTyping)) return undefined;
    if (isSingle(chord) && !this.choices.peek().single) return undefined;
    return found.possible?.() === false ? undefined : found;
  }

  /** Runs a command by its id, if it is there and possible. */
  run(id: string): boolean {
    const found = this.all.peek().find((one) => one.id === id);
    if (!found || found.fixed || found.possible?.() === false) return false;
    found.run();
    return true;
  }
}

/** Fixed keys first, then a person's own, then those that the project asks for, then the defaults that are left. */
function assign(all: readonly Command[], chosen: KeyChoices["keys"]): Assigned {
  const owner = new Map<string, Command>();
  const keys = new Map<string, readonly string[]>();
  const give = (command: Command, chords: readonly string[]): void => {
    // A text and a table may both have a meaning for an arrow: each is theirs while they have the focus.
    const free = chords.filter((chord) => chord !== "" && (command.fixed || !owner.has(chord)));
    for (const chord of free) if (!owner.has(chord)) owner.set(chord, command);
    keys.set(command.id, free);
  };
  const own = (command: Command): string | undefined => (command.fixed ? undefined : chosen[command.id]);
  const rank = (command: Command): number =>
    command.fixed ? 0 : own(command) !== undefined ? 1 : command.first ? 2 : 3;
  for (const command of [...all].sort((a, b) => rank(a) - rank(b))) {
    const choice = own(command);
    give(command, choice === undefined ? command.keys : [choice]);
  }
  return { owner, keys };
}
