import { defineConfig } from "vitest/config";

/** Fixed names: Django's static storage adds the hash. */
export default defineConfig({
  base: "./",
  build: {
    outDir: "dist/assay",
    emptyOutDir: true,
    target: "es2022",
    // light-dark(), relative colours and nesting are left as they are.
    cssTarget: ["chrome125", "firefox128", "safari18"],
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { editor: "src/editor.ts", app: "src/app/app.ts" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "chunk-[name].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
  test: { include: ["tests/**/*.test.ts"], css: true },
});
