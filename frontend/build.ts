/** How the editor is cut into files, for its own build and for the page that is measured. */

import type { BuildEnvironmentOptions, Plugin } from "vite";

type Options = NonNullable<BuildEnvironmentOptions["rolldownOptions"]>;
type Info = (id: string) => { readonly importedIds: readonly string[] } | null;

/** What an entry imports at once, directly or not. */
function comesWith(entry: string, info: Info): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [entry];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const next of info(id)?.importedIds ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return found;
}

/** What the entry needs at once comes in one file, since requests cost more than bytes; the rest when it is needed. */
export function oneFile(
  entry: URL,
): Pick<Extract<Options["output"], { codeSplitting?: unknown }>, "codeSplitting"> {
  const path = decodeURIComponent(entry.pathname);
  let comes: ReadonlySet<string> | null = null;
  return {
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        // The pages' small script needs it too, and nothing else of the editor's.
        { name: "preload", test: /preload-helper/, priority: 2 },
        {
          name: (id, context) => {
            comes ??= comesWith(path, (other) => context.getModuleInfo(other));
            return comes.has(id) && !id.endsWith(".css") ? "shared" : null;
          },
          priority: 1,
        },
        // Of a few hundred bytes each, and several packs need them.
        {
          name: "bits",
          test: /(area-words|icon-button|row-commands|text-box|written)\.ts$/,
        },
      ],
    },
  };
}

/**
 * That file is compiled whole where it is loaded, off the main thread, not function by function while the first document
 * is drawn. Chromium takes the hint (V8's explicit compile hints); other browsers see a comment.
 */
export const compiledAhead: Plugin = {
  name: "compiled-ahead",
  enforce: "post",
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle))
      if (chunk.type === "chunk" && chunk.name === "shared")
        chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`;
  },
};
