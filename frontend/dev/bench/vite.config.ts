import { defineConfig } from "vite";
import { compiledAhead, oneFile } from "../../build";

/** As the editor itself is built, with the page that measures for its entry. */
export default defineConfig({
  base: "./",
  plugins: [compiledAhead],
  build: {
    target: "es2022",
    cssTarget: ["chrome125", "firefox128", "safari18"],
    modulePreload: false,
    rollupOptions: { output: oneFile(new URL("./bench.ts", import.meta.url)) },
  },
});
