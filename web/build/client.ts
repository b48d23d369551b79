import { fileURLToPath } from 'node:url';

const source = (path: string) => fileURLToPath(new URL(`../../client-js/src/${path}`, import.meta.url));

/** The client is bundled from its source, beside this folder: nothing has to be built or installed first. The longer names come first. */
export const client = {
  '@peal/client/docs': source('docs/index.ts'),
  '@peal/client/market': source('market/index.ts'),
  '@peal/client/quill': source('quill/index.ts'),
  '@peal/client': source('index.ts'),
};
