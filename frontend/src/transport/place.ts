import { Device } from "../core/device";
import { ALONE, type Tabs } from "../core/tabs";
import type { Place } from "../core/task";
import { BrowserTabs, knownTabs } from "./browser-tabs";
import { openShelf } from "./indexed-shelf";

/** Where this browser keeps the work of one account; without an account it is kept as long as the page. */
export async function openPlace(account: string): Promise<Place> {
  const hidden = (): boolean => document.hidden;
  if (!account) return { device: new Device(), tabs: ALONE, hidden };
  const [{ shelf, found }, { tab, alive }] = await Promise.all([openShelf(account), knownTabs()]);
  return { device: new Device(shelf, tab, found, alive), tabs: tabsOf(account), hidden };
}

function tabsOf(account: string): Tabs {
  return "BroadcastChannel" in globalThis ? new BrowserTabs(account) : ALONE;
}
