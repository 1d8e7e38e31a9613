import { Device } from "../core/device";
import { Outbox } from "../core/outbox";
import { apiBase, token } from "../page-api";
import { HttpTransport } from "./http";
import { openShelf } from "./indexed-shelf";

/** Sends the answers that an earlier page of this account left on this device; what is refused stays for the editor. */
export async function sendWhatIsLeft(account: string): Promise<void> {
  const opened = await openShelf(account);
  const { shelf, found } = (await opened.late) ?? opened;
  if (found.letters.length === 0) return;
  const outbox = new Outbox(new Device(shelf, "", found), new HttpTransport(apiBase(), token, account));
  await outbox.flush();
  outbox.stop();
}
