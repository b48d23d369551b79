import config from './playwright.config.ts';

/** Measures; nothing of it is a test. One at a time, on a machine that has nothing else to do. */
export default { ...config, testDir: 'bench', testMatch: '*.bench.ts', workers: 1, outputDir: '../target/browser-bench', use: { ...config.use, trace: 'off' } };
