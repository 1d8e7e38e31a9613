import { defineConfig } from "vitest/config";
import { compiledAhead, oneFile } from "./build";

const STYLES: ReadonlySet<string> = new Set(["app.css", "editor.css"]);

/** Names of entries are fixed, Django's static storage adds the hash; chunks import one another and carry their own. */
export default defineConfig({
  base: "./",
  plugins: [compiledAhead],
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
        assetFileNames: ({ names }) =>
          names.some((name) => STYLES.has(name)) ? "[name][extname]" : "chunk-[name]-[hash][extname]",
        ...oneFile(new URL("./src/editor.ts", import.meta.url)),
      },
    },
  },
  test: { include: ["tests/**/*.test.ts"], setupFiles: ["tests/words.ts"], css: true },
});
