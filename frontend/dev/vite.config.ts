import { defineConfig, type Plugin } from "vite";
import { layerOf, pictureOf, receipt } from "./story-paper";

const LANGUAGES = ["en", "zh"] as const;
/** As many as the stories that a build shows have; the long one is looked at with `npm run dev`. */
const PAGES = 12;

/** Files that the stories' items show: pages and a picture, drawn here. */
function storyFiles(): Plugin {
  return {
    name: "story-files",
    configureServer(server) {
      server.middlewares.use("/api/v1/assets/", (request, response, next) => {
        // Node's own types are no dependency of ours.
        const url = String((request as { url?: unknown }).url ?? "");
        const page = /^\/story-(en|zh)\/pages\/(\d+)(\/text)?/.exec(url);
        const [, language, number, text] = page ?? [];
        if (!page && !url.startsWith("/story-picture")) return next();
        response.setHeader("Content-Type", text ? "application/json" : "image/svg+xml");
        if (!page) response.end(receipt(url.startsWith("/story-picture-zh")));
        else if (text) response.end(JSON.stringify(layerOf(Number(number) - 1, language === "zh")));
        else response.end(pictureOf(Number(number) - 1, language === "zh"));
      });
    },
    /** The same files for whoever serves a build: `…/pages/3.svg` and `…/pages/3/text.json`. */
    generateBundle() {
      const emit = (name: string, source: string): void => {
        this.emitFile({ type: "asset", fileName: `api/v1/assets/${name}`, source });
      };
      for (const language of LANGUAGES) {
        emit(`story-picture-${language}.svg`, receipt(language === "zh"));
        for (let page = 0; page < PAGES; page += 1) {
          const name = `story-${language}/pages/${page + 1}`;
          emit(`${name}.svg`, pictureOf(page, language === "zh"));
          emit(`${name}/text.json`, JSON.stringify(layerOf(page, language === "zh")));
        }
      }
    },
  };
}

/** The story page: `npm run dev`, then http://127.0.0.1:5173/?story=contract&lang=en */
export default defineConfig({
  root: "dev",
  server: { host: "127.0.0.1" },
  build: { target: "es2022", cssTarget: ["chrome125", "firefox128", "safari18"], modulePreload: false },
  plugins: [storyFiles()],
});
