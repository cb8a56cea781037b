// Puts the page and the elements' one file into `dist/`, with the hash by which a browser knows that file.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const elements = new URL('../../packages/elements/dist/', import.meta.url);
const source = new URL('src/', import.meta.url);
const dist = new URL('dist/', import.meta.url);

rmSync(dist, { recursive: true, force: true });
cpSync(source, dist, { recursive: true });
// The languages stand beside the file, and each is loaded when it is asked for.
for (const name of ['cdn.js', 'locales']) {
  const from = new URL(name, elements);
  if (existsSync(from)) cpSync(from, new URL(name, dist), { recursive: true });
}

const hash = createHash('sha384')
  .update(readFileSync(new URL('cdn.js', elements)))
  .digest('base64');
const page = readFileSync(new URL('index.html', source), 'utf8');
writeFileSync(new URL('index.html', dist), page.replace('{{integrity}}', `sha384-${hash}`));
