// Builds the pages' TypeScript and styles for django-vite: hashed files and a manifest, no outside address.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const unused = fileURLToPath(new URL("frontend/ts/unused_formats.ts", import.meta.url));

export default defineConfig({
  resolve: { alias: { pmtiles: unused, "@protomaps/basemaps": unused, color2k: unused } },
  base: "/static/dist/",
  publicDir: false,
  build: {
    outDir: "frontend/static/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700, // three.js, loaded only when its button is pressed
    modulePreload: { polyfill: false },
    rollupOptions: { input: { home: "frontend/ts/home_page.ts", page: "frontend/ts/page.ts", request: "frontend/ts/request_page.ts", watch: "frontend/ts/watch_page.ts", service: "frontend/ts/service_page.ts", desk: "frontend/ts/desk.ts", compare: "frontend/ts/compare.ts", desk_upload: "frontend/ts/desk_upload.ts", desk_run: "frontend/ts/desk_run.ts", desk_mapping: "frontend/ts/desk_mapping.ts", desk_impact: "frontend/ts/desk_impact.ts", desk_act: "frontend/ts/desk_act.ts", proposal: "frontend/ts/proposal_page.ts", inspection: "frontend/ts/inspection_page.ts", case_files: "frontend/ts/case_files.ts" } },
  },
  test: { environment: "happy-dom", include: ["frontend/ts/**/*.test.ts"] },
});
