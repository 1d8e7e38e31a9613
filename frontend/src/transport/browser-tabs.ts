import type { Tabs, Word } from "../core/tabs";

const NAME = "assay-tab";
/** Milliseconds after which a name that is held is another tab's: this one was copied from it. */
const COPIED = 300;

/** The person's other tabs in this browser. */
export class BrowserTabs implements Tabs {
  readonly #channel: BroadcastChannel;
  #last: Promise<void> = Promise.resolve();

  constructor(account: string) {
    this.#channel = new BroadcastChannel(`assay ${account}`);
  }

  /** In the order in which they were said. A long answer takes long to copy: it is not said where nobody hears it. */
  tell(word: Word): void {
    this.#last = this.#last.then(async () => {
      if (word.kind !== "saved" || (await hasOthers())) this.#say(word);
    });
  }

  #say(word: Word): void {
    try {
      this.#channel.postMessage(word);
    } catch {
      // Closed meanwhile.
    }
  }

  listen(listener: (word: Word) => void): () => void {
    const heard = (event: MessageEvent<Word>): void => listener(event.data);
    this.#channel.addEventListener("message", heard);
    return () => {
      this.#channel.removeEventListener("message", heard);
      this.#channel.close();
    };
  }
}

/** Other open tabs' names, and this one's. */
export interface Known {
  readonly tab: string;
  readonly alive: ReadonlySet<string>;
}

/**
 * This tab's name, which a reload keeps and a copied tab does not. Every tab holds a lock by its name while it is open:
 * so the others know that its drafts are looked after. Without locks (pages that are not served securely) no other tab
 * counts as open.
 */
export async function knownTabs(): Promise<Known> {
  const kept = named();
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return { tab: kept, alive: new Set() };
  // A page that is being reloaded may hold the name for a moment longer.
  const tab = (await hold(locks, kept)) ? kept : named(true);
  if (tab !== kept) await hold(locks, tab);
  const alive = await held(locks);
  alive.delete(tab);
  return { tab, alive };
}

function named(fresh = false): string {
  try {
    const kept = fresh ? null : sessionStorage.getItem(NAME);
    const name = kept ?? Math.random().toString(36).slice(2);
    sessionStorage.setItem(NAME, name);
    return name;
  } catch {
    return Math.random().toString(36).slice(2);
  }
}

/** Whether another tab is open; where that cannot be known, it is assumed. */
async function hasOthers(): Promise<boolean> {
  const locks = navigator.locks as LockManager | undefined;
  return !locks || (await held(locks)).size > 1;
}

async function held(locks: LockManager): Promise<Set<string>> {
  const { held: found = [] } = await locks.query();
  const prefix = `${NAME} `;
  return new Set(
    found.flatMap(({ name = "" }) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : [])),
  );
}

/** @returns whether the name is this tab's, until the page ends. */
function hold(locks: LockManager, tab: string): Promise<boolean> {
  return new Promise((settle) => {
    const taken = () => {
      settle(true);
      return new Promise<void>(() => {});
    };
    const options = { signal: AbortSignal.timeout(COPIED) };
    locks.request(`${NAME} ${tab}`, options, taken).catch(() => settle(false));
  });
}
