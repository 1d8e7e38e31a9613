import {
  type Found,
  type Kept,
  type KeptDraft,
  type KeptKind,
  type Letter,
  PAGE_ONLY,
  type Shelf,
} from "../core/device";
import { isLeaving } from "./leaving";

const VERSION = 1;
const KINDS: readonly KeptKind[] = ["draft", "letter"];

/** A shelf and what was on it. */
export interface Opened {
  readonly shelf: Shelf;
  readonly found: Found;
  /** The browser's own, where the page goes on before it is open. */
  readonly late?: Promise<Opened>;
}

const NOTHING: Opened = { shelf: PAGE_ONLY, found: { drafts: [], letters: [] } };

/** Things kept in the browser's IndexedDB, as JSON: a long answer is one string and not thousands of objects to clone. */
class IndexedShelf implements Shelf {
  readonly lasting = true;

  constructor(private readonly database: IDBDatabase) {}

  put(kind: KeptKind, key: string, value: Kept): Promise<boolean> {
    return this.#write(kind, (store) => store.put(JSON.stringify(value), key));
  }

  /** Nothing while the page is being left: the next one may have been made before the server had what is forgotten here. */
  async remove(kind: KeptKind, key: string): Promise<void> {
    if (isLeaving()) return;
    await this.#write(kind, (store) => store.delete(key));
  }

  /** Settles when it is on the disk; false when it cannot be written (the disk is full, the browser forbids it). */
  #write(kind: KeptKind, write: (store: IDBObjectStore) => void): Promise<boolean> {
    return new Promise((settle) => {
      try {
        const transaction = this.database.transaction(kind, "readwrite", { durability: "strict" });
        transaction.oncomplete = () => settle(true);
        transaction.onabort = transaction.onerror = () => settle(false);
        write(transaction.objectStore(kind));
      } catch {
        settle(false);
      }
    });
  }
}

/** Milliseconds that a page waits for the browser's store: it goes on then, and takes what comes late. */
const WITHIN = 3_000;

/** Opens what this browser keeps for one account; where it cannot, what lasts as long as the page. */
export async function openShelf(account: string): Promise<Opened> {
  if (!account || !("indexedDB" in globalThis)) return NOTHING;
  const opened = open(account).catch(() => NOTHING);
  const goOn = new Promise<Opened>((settle) => {
    setTimeout(() => settle({ ...NOTHING, late: opened }), WITHIN);
  });
  return Promise.race([goOn, opened]);
}

async function open(account: string): Promise<Opened> {
  const database = await asked(opening(`assay ${account}`));
  database.onversionchange = () => database.close();
  const [drafts, letters] = await Promise.all(KINDS.map((kind) => all(database, kind)));
  return {
    shelf: new IndexedShelf(database),
    found: { drafts: (drafts ?? []) as KeptDraft[], letters: (letters ?? []) as Letter[] },
  };
}

function opening(name: string): IDBOpenDBRequest {
  const request = indexedDB.open(name, VERSION);
  request.onupgradeneeded = () => {
    for (const kind of KINDS) request.result.createObjectStore(kind);
  };
  return request;
}

async function all(database: IDBDatabase, kind: KeptKind): Promise<Kept[]> {
  const rows = await asked<unknown[]>(database.transaction(kind).objectStore(kind).getAll());
  return rows.flatMap((row) => {
    try {
      return [JSON.parse(String(row)) as Kept];
    } catch {
      return [];
    }
  });
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((settle, fail) => {
    request.onsuccess = () => settle(request.result);
    request.onerror = () => fail(request.error ?? new Error("IndexedDB"));
  });
}
