import { defineConfig } from '@playwright/test';
import usual from './playwright.config';

/** What real media take: minutes, and a machine that has little else to do. Run by hand, by `npm --prefix tests/browser run long`. */
export default defineConfig(usual, { testDir: './long', testIgnore: [], retries: 0, timeout: 180_000, expect: { timeout: 20_000 } });
