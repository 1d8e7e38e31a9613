import { define, loadPacks, PACKS, type Pack } from "./packs";
import { ELEMENTS } from "./packs/base";

/** Makes every element known that the page needs at once; `all` those of all packs too. */
export async function defineElements(all = false): Promise<void> {
  const decides = document.querySelector("assay-adjudication, assay-answers") !== null;
  const first: readonly Pack[] = decides ? ["deciding"] : [];
  await loadPacks(all ? (Object.keys(PACKS) as Pack[]) : first);
  define(ELEMENTS);
}
