import type { Tabs, Word } from "../core/tabs";

const NAME = "assay-tab";
/** Set while this tab's last page is gone and the next one not begun: a copied tab has no such mark. */
const LEFT = "assay-tab-left";
/** Milliseconds after which a name that is held is another tab's: this one was copied from it. */
const COPIED = 300;
/** The same after a reload: a busy browser may take long to end the page before. */
const RELOADED = 3_000;

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
  const tab = (await hold(locks, kept, marked() ? RELOADED : COPIED)) ? kept : named(true);
  if (tab !== kept) await hold(locks, tab, COPIED);
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    mark(false);
    void hold(locks, tab, COPIED);
  });
  const alive = await held(locks);
  alive.delete(tab);
  return { tab, alive };
}

/** Whether this tab's last page said that it was gone; asked once. */
function marked(): boolean {
  try {
    const found = sessionStorage.getItem(LEFT) !== null;
    mark(false);
    return found;
  } catch {
    return false;
  }
}

function mark(left: boolean): void {
  try {
    if (left) sessionStorage.setItem(LEFT, "");
    else sessionStorage.removeItem(LEFT);
  } catch {
    // Without a session there is no name to keep either.
  }
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

/** @returns whether the name is this tab's, until the page is left. */
function hold(locks: LockManager, tab: string, within: number): Promise<boolean> {
  return new Promise((settle) => {
    const taken = (): Promise<void> => {
      settle(true);
      return left();
    };
    locks
      .request(`${NAME} ${tab}`, { signal: AbortSignal.timeout(within) }, taken)
      .catch(() => settle(false));
  });
}

/** Settles when the page is left: then, and not when the browser clears it away, the name is free. */
function left(): Promise<void> {
  return new Promise((end) => {
    const ends = (): void => {
      mark(true);
      end();
    };
    window.addEventListener("pagehide", ends, { once: true });
  });
}
