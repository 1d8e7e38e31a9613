import type { Work } from "../core/contracts";
import type { Transport } from "../core/transport";
import { apiBase, token } from "../page-api";
import { HttpTransport } from "../transport/http";
import { TryTransport } from "../transport/try";

/** The JSON that the page brought in `<script type="application/json" id=…>`, or null. */
export function embedded<T>(id: string): T | null {
  const holder = document.getElementById(id);
  try {
    return holder?.textContent ? (JSON.parse(holder.textContent) as T) : null;
  } catch {
    return null;
  }
}

/** Nothing but the page where `data-try` says so; else the API, for the account that `data-account` names. */
export function transportOf(element: HTMLElement): Transport {
  const tried = element.dataset.try === undefined ? null : embedded<Work>("work");
  if (tried) return new TryTransport(tried);
  return new HttpTransport(apiBase(), token, element.dataset.account);
}

/** Puts the address of what is shown in the address bar. `{id}` in the pattern is replaced. */
export function showAddress(pattern: string, id: string): void {
  history.replaceState(history.state, "", pattern.replace("{id}", encodeURIComponent(id)));
}
