import { longestInput, trimEdges } from './characters.js';

/** An address that holds a field's value, as the product's pages have it. */
export interface AddressPattern {
  /** `https://{}.kanbanize.com`, `https://dev.azure.com/{}`: `{}` is one part of a host's name or of a path. */
  readonly from: string;
  /** The value, `{}` standing for the matched part; `{}` by default. */
  readonly to?: string | undefined;
  /** Parts that are the product's own, such as `settings`, and so no value. */
  readonly except?: readonly string[] | undefined;
}

/** The definition of a field that takes an address, or part of one. */
export interface AddressField {
  readonly kind: string;
  /** Addresses to take the value from: the first that fits. */
  readonly addresses?: readonly AddressPattern[] | undefined;
  /** Of a `url`: whether its path belongs to it. */
  readonly path?: boolean | undefined;
  /** Of a `url` with a path: where the product's own pages begin, so that the path ends before. */
  readonly pages?: readonly string[] | undefined;
}

/** Whether a field's value is read out of the address that a person copies from the browser. */
export const takesAddress = ({ kind, addresses }: AddressField): boolean =>
  kind === 'host' || kind === 'url' || addresses !== undefined;

/** Invisible characters at which a long address was broken. Bidirectional controls stay, and are refused. */
const shy = /[\u00AD\u200B\u2060\uFEFF]/g;

/** The address without the Markdown, brackets or punctuation that was copied around it. */
const unwrapped = (text: string): string => {
  const inner = /^\[[^\]]*\]\((.+)\)$/.exec(text) ?? /^[<("'`“«](.+)[>)"'`”»]$/.exec(text);
  return (inner?.[1] ?? text).trim().replace(/(?<![.,;])[.,;]+$/, '');
};

/**
 * ASCII only: letters of other scripts may look like Latin ones. No user name: it would hide the host behind it. Links in
 * mail may have a query directly after the host; a browser writes a slash before it.
 */
const webAddress = /^(?:(?:(https?):)?\/\/)?([a-z0-9.-]*[a-z0-9])\.*((?::\d+)?)((?:[/?][^\s\\]*)?)$/i;

/** An address from which Git clones by SSH: `git@host:path`, `ssh://git@host:22/path`. */
const sshAddress =
  /^(?:[\w.-]+@([a-z0-9.-]*[a-z0-9]):|(?:ssh|git):\/\/(?:[\w.-]+@)?([a-z0-9.-]*[a-z0-9])(?::\d+)?)\/?(\S*)$/i;

/** The web address of a clone address. Its user name is dropped; a password stays, and is refused. */
const withoutClone = (text: string): string => {
  const [, host, hostOfUrl, path] = sshAddress.exec(text) ?? [];
  const cloneHost = host ?? hostOfUrl;
  return cloneHost ? `https://${cloneHost}/${path}` : text.replace(/^(https?:\/\/)[\w.-]+@/i, '$1');
};

const matched = ({ from, to = '{}', except }: AddressPattern, address: string): string | undefined => {
  const pattern = from.replaceAll('.', '\\.').replace('{}', '([^/.]+)');
  const match = new RegExp(`^${pattern}(?:/|$)`, 'i').exec(address);
  const part = match?.[1] ?? '';
  return match && !except?.includes(part.toLowerCase()) ? to.replace('{}', part) : undefined;
};

/** The path up to where the product's own pages begin. */
const basePath = (pathname: string, pages: readonly string[]): string => {
  const parts = pathname.split('/').filter(Boolean);
  const end = parts.findIndex((part) => pages.includes(part));
  return ['', ...parts.slice(0, end < 0 ? undefined : end)].join('/');
};

/** Reduces an address to the part that a field needs; an identifier stays as typed. `null` where neither fits. */
export const reduceAddress = (field: AddressField, text: string): string | null => {
  if (text.length > longestInput) return null;
  const { kind, addresses = [], path = false, pages = [] } = field;
  const pasted = unwrapped(trimEdges(text).replace(shy, ''));
  if (kind === 'text' && /^[^\s./:\\@]+$/.test(pasted)) return pasted;
  // A user name may hide the host, which has to be a known one for a `text`. Git's own name hides nothing.
  const isClone = kind === 'text' || (addresses.length > 0 && /^(?:ssh:\/\/)?git@/i.test(pasted));
  const web = isClone ? withoutClone(pasted) : pasted;
  const [, scheme = 'https', host = '', port = '', rest = ''] = webAddress.exec(web) ?? [];
  const address = `https://${host}${port}${rest}`;
  if (!host || !URL.canParse(address)) return null;
  const url = new URL(address);
  const reduced = addresses.map((pattern) => matched(pattern, `${url.origin}${url.pathname}`)).find(Boolean);
  if (reduced) return reduced;
  if (kind === 'host') return url.port === '' ? url.hostname : null;
  if (kind !== 'url' || scheme.toLowerCase() !== 'https' || (url.port !== '' && !path)) return null;
  return `${url.origin}${path ? basePath(url.pathname, pages) : ''}`;
};
