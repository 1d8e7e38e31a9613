import { Device } from "../core/device";
import { ALONE, type Tabs } from "../core/tabs";
import type { Place } from "../core/task";
import { BrowserTabs, knownTabs } from "./browser-tabs";
import { openShelf } from "./indexed-shelf";

let ahead: { readonly account: string; readonly place: Promise<Place> } | null = null;

/** Begins to open an account's place, for whoever takes it first: so that it is open when the elements are there. */
export function openAhead(account: string): Promise<Place> {
  const place = openPlace(account);
  ahead = { account, place };
  return place;
}

/** The place that was opened ahead, or another one. */
export function takePlace(account: string): Promise<Place> {
  const found = ahead?.account === account ? ahead.place : openPlace(account);
  ahead = null;
  return found;
}

/** Where this browser keeps the work of one account; without an account it is kept as long as the page. */
async function openPlace(account: string): Promise<Place> {
  const hidden = (): boolean => document.hidden;
  if (!account) return { device: new Device(), tabs: ALONE, hidden };
  const [{ shelf, found, late }, { tab, alive }] = await Promise.all([openShelf(account), knownTabs()]);
  const device = new Device(shelf, tab, found, alive);
  void late?.then((opened) => device.come(opened.shelf, opened.found));
  return { device, tabs: tabsOf(account), hidden };
}

function tabsOf(account: string): Tabs {
  return "BroadcastChannel" in globalThis ? new BrowserTabs(account) : ALONE;
}
