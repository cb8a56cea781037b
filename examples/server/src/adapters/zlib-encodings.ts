import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { ContentEncoding } from '../ports/content-encoding.js';

const encoding = (name: string, compress: (bytes: Uint8Array) => Promise<Uint8Array>): ContentEncoding => ({
  name,
  encode: async (bytes) => new Uint8Array(await compress(bytes)),
});

/** The smallest first. */
export const contentEncodings = [encoding('br', promisify(brotliCompress)), encoding('gzip', promisify(gzip))];
