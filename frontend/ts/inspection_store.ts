// What an inspector wrote and photographed stays on the device until the server has it: one table in IndexedDB.

/** One thing kept. `sha`: of a photo that the server has. `refused`: the server's sentence. */
export interface Kept {
  key: string;
  visit: string;
  kind: "photo" | "report" | "draft";
  at: number;
  url: string;
  fields: [string, string][];
  name?: string;
  blob?: Blob;
  sha?: string;
  refused?: string;
}

export interface Store {
  all(): Promise<Kept[]>;
  put(one: Kept): Promise<void>;
  remove(key: string): Promise<void>;
}

const DATABASE = "parvaneh-inspection";
const TABLE = "kept";

/** The device's own store; null where the browser keeps nothing (private windows, old browsers). */
export async function deviceStore(factory: IDBFactory | undefined = globalThis.indexedDB): Promise<Store | null> {
  if (!factory) return null;
  try {
    return storeIn(await opened(factory));
  } catch {
    return null;
  }
}

/** A store that lasts as long as the page: for tests, and for browsers that keep nothing. */
export function pageStore(): Store {
  const rows = new Map<string, Kept>();
  return {
    all: () => Promise.resolve(inOrder([...rows.values()])),
    put: (one) => Promise.resolve(void rows.set(one.key, one)),
    remove: (key) => Promise.resolve(void rows.delete(key)),
  };
}

function storeIn(database: IDBDatabase): Store {
  const table = (mode: IDBTransactionMode): IDBObjectStore => database.transaction(TABLE, mode).objectStore(TABLE);
  return {
    all: async () => inOrder((await done(table("readonly").getAll())) as Kept[]),
    put: async (one) => void (await done(table("readwrite").put(one))),
    remove: async (key) => void (await done(table("readwrite").delete(key))),
  };
}

function inOrder(rows: Kept[]): Kept[] {
  return rows.sort((a, b) => a.at - b.at);
}

function opened(factory: IDBFactory): Promise<IDBDatabase> {
  const asked = factory.open(DATABASE, 1);
  asked.onupgradeneeded = () => void asked.result.createObjectStore(TABLE, { keyPath: "key" });
  return done(asked);
}

function done<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error("IndexedDB"));
  });
}
