/** How many answers of the account wait in this browser; looked up without making a store for everybody. */
async function waiting(account: string): Promise<number> {
  const name = `assay ${account}`;
  const known = await indexedDB.databases?.();
  if (!known?.some((one) => one.name === name)) return 0;
  const database = await settled(indexedDB.open(name));
  try {
    return await settled(database.transaction("letter").objectStore("letter").count());
  } finally {
    database.close();
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((settle, fail) => {
    request.onsuccess = () => settle(request.result);
    request.onerror = () => fail(request.error ?? new Error("IndexedDB"));
  });
}

/** On any page of somebody who is signed in: answers that a closed page could not send are sent now. */
export async function sendLeftAnswers(): Promise<void> {
  const { account } = document.body.dataset;
  // The editor has its own way to say what becomes of them.
  if (!account || document.querySelector("assay-workspace")) return;
  if ((await waiting(account).catch(() => 0)) === 0) return;
  const { sendWhatIsLeft } = await import("../transport/left");
  await sendWhatIsLeft(account);
}
