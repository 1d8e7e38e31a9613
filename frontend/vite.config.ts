import { defineConfig } from "vitest/config";

type Info = (id: string) => { readonly importedIds: readonly string[] } | null;

const ENTRY = decodeURIComponent(new URL("./src/editor.ts", import.meta.url).pathname);
let comes: ReadonlySet<string> | null = null;

/** What the editor imports at once, directly or not: it comes in one file, the rest when it is needed. */
function comesWithThePage(info: Info): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [ENTRY];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const next of info(id)?.importedIds ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return found;
}

/** Names of entries are fixed, Django's static storage adds the hash; chunks import one another and carry their own. */
export default defineConfig({
  base: "./",
  build: {
    outDir: "dist/assay",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    // light-dark(), relative colours and nesting are left as they are.
    cssTarget: ["chrome125", "firefox128", "safari18"],
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { editor: "src/editor.ts", app: "src/app/app.ts" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "chunk-[name]-[hash].js",
        assetFileNames: "[name][extname]",
        // What several packs need comes in one file: requests cost more than bytes.
        codeSplitting: {
          groups: [
            // The pages' small script needs it too, and nothing else of the editor's.
            { name: "preload", test: /preload-helper/, priority: 2 },
            {
              name: (id, context) => {
                comes ??= comesWithThePage((other) => context.getModuleInfo(other));
                return comes.has(id) && !id.endsWith(".css") ? "shared" : null;
              },
            },
          ],
        },
      },
    },
  },
  test: { include: ["tests/**/*.test.ts"], setupFiles: ["tests/words.ts"], css: true },
});
