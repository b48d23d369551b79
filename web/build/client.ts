import { fileURLToPath } from 'node:url';

/** The client is bundled from its source, beside this folder: nothing has to be built or installed first. */
export const client = { '@peal/client': fileURLToPath(new URL('../../client-js/src/index.ts', import.meta.url)) };
