import type { Bytes } from '../values/bytes.js';

/** A way to make an answer smaller, by its name in HTTP. */
export interface ContentEncoding {
  name: string;
  encode(bytes: Bytes): Promise<Bytes>;
}
