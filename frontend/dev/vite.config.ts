import { defineConfig } from "vite";

/** The story page: `npm run dev`, then http://127.0.0.1:5173/?story=contract&lang=en */
export default defineConfig({ root: "dev", server: { host: "127.0.0.1" } });
