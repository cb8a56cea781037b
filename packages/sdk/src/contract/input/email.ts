import { trimEdges } from './characters.js';

/** RFC 5322's atext, with the characters beyond ASCII that RFC 6531 adds, as far as they can be seen. */
const atom =
  "(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]|(?![\\p{Z}\\p{C}\\p{Default_Ignorable_Code_Point}\\u2800])[^\\0-\\x7f])+";
const localPart = new RegExp(`^${atom}(?:\\.${atom})*$`, 'u');

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const publicDomain = new RegExp(`^(?:${label}\\.)+(?=[a-z])${label}$`);
/** Excludes characters by which a URL would have more than a host. */
const domainCharacters = /^[\p{L}\p{M}\p{N}.\u3002\uFF0E\uFF61-]+$/u;

const asciiDomain = (domain: string): string | null => {
  const url = `http://${domain}`;
  if (!domainCharacters.test(domain) || !URL.canParse(url)) return null;
  const { hostname } = new URL(url);
  return hostname.length <= 253 && publicDomain.test(hostname) ? hostname : null;
};

export interface EmailAddress {
  /** The form to store and show: NFC, the domain in lower case and in its own script. */
  readonly address: string;
  /** The form to send and compare: the domain in ASCII. */
  readonly ascii: string;
}

/** Reads an e-mail address, white space and invisible characters around it left out; `null` where it is none. */
export const readEmail = (text: string): EmailAddress | null => {
  if (text.length > 1000) return null;
  const trimmed = trimEdges(text).normalize('NFC');
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, Math.max(0, at));
  const domain = trimmed.slice(at + 1).toLowerCase();
  if (new TextEncoder().encode(local).length > 64 || !localPart.test(local)) return null;
  const ascii = asciiDomain(domain);
  if (!ascii) return null;
  const asciiAddress = `${local}@${ascii}`;
  if (new TextEncoder().encode(asciiAddress).length > 254) return null;
  // A domain that is ASCII after all, as one in full-width letters, is shown as such.
  return { address: ascii.includes('xn--') ? `${local}@${domain}` : asciiAddress, ascii: asciiAddress };
};
