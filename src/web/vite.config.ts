import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * Compresses once at build time what the server would otherwise compress at every request: `x.js` gets `x.js.br` and `x.js.gz`.
 * From the disk, after everything else: until then chunks hold placeholders that other plugins fill in.
 */
function precompressed(): Plugin {
  return {
    name: 'precompressed',
    apply: 'build',
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir }, bundle) {
        const names = Object.keys(bundle).filter((name) => /\.(js|css|svg|html)$/.test(name));
        await Promise.all(
          names.map(async (name) => {
            const path = join(dir ?? 'dist', name);
            const bytes = await readFile(path);
            await writeFile(
              `${path}.br`,
              brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
            );
            await writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 }));
          }),
        );
      },
    },
  };
}

export default defineConfig({
  plugins: [react(), tailwindcss(), precompressed()],
  build: {
    // Nothing inlined: the server's Content-Security-Policy names origins, not data.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
  server: { proxy: { '/api': 'http://127.0.0.1:5080', '/socket.io': { target: 'http://127.0.0.1:5080', ws: true } } },
  test: {
    restoreMocks: true,
    testTimeout: 20_000,
    // A browser's page is made anew for each file that needs one, and costs more than most tests; the others do without.
    projects: [
      {
        extends: true,
        test: {
          name: 'screens',
          environment: 'jsdom',
          include: ['src/**/*.test.tsx'],
          setupFiles: ['src/testing/setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'models',
          environment: 'node',
          include: ['src/**/*.test.ts'],
          setupFiles: ['fake-indexeddb/auto'],
        },
      },
    ],
  },
});
