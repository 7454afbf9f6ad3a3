import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // Relative, so that the page also works behind a path.
  base: './',
  build: { outDir: '../../../dist/sandbox-page', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1500 },
});
