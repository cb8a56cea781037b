import { base64, utf8 } from '../bytes.js';

export const basic = (user: string, password: string): Record<string, string> => ({
  Authorization: `Basic ${base64(utf8(`${user}:${password}`))}`,
});

export const bearer = (token: string): Record<string, string> => ({ Authorization: `Bearer ${token}` });

/** What may stand in a header as it is. */
export const isVisibleAscii = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);
