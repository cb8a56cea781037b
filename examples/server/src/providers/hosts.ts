const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const hostName = new RegExp(`^${label}(?:\\.${label})*$`);
const publicHostName = new RegExp(`^(?:${label}\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$`);
const local = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|localdomain|arpa|test|invalid|onion)$/;

/** A DNS name of the public Internet: no address in any notation, no port, no name that only a local network knows. */
const isPublicHost = (text: string): boolean => text.length <= 253 && publicHostName.test(text) && !local.test(text);

/** One part of a host's name: of letters, digits and hyphens, and so also safe in a path. */
export const isHostLabel = (text: string): boolean => new RegExp(`^${label}$`, 'i').test(text);

/** How allowed hosts are written: `jira.example.com` that one, `.example.com` all below it. */
export const isHostRule = (text: string): boolean => text.length <= 253 && hostName.test(text.replace(/^\./, ''));

/** Without rules, every public host. */
export const isAllowedHost = (text: string, rules: readonly string[] | undefined): boolean => {
  if (!rules) return isPublicHost(text);
  if (text.length > 253 || !hostName.test(text)) return false;
  return rules.some((rule) => (rule.startsWith('.') ? text.endsWith(rule) : text === rule));
};

/** `https://` and a host for which `isHost` holds; nothing else unless a port and a path are allowed. */
export const isHttpsUrl = (text: string, isHost: (host: string) => boolean, allowed: { path: boolean }): boolean => {
  if (!text.startsWith('https://') || /[\s\\#?@]/.test(text) || !URL.canParse(text)) return false;
  const { hostname, port, pathname } = new URL(text);
  return isHost(hostname) && (allowed.path || (port === '' && pathname === '/'));
};

/** Whether a header can hold the text without encoding. */
export const isVisibleAscii = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);

export const withoutTrailingSlash = (url: string): string => url.replace(/\/+$/, '');
