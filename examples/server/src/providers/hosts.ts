const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const hostName = new RegExp(`^(?:${label}\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$`);
const local = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|localdomain|arpa|test|invalid|onion)$/;

/** A DNS name of the public Internet: no address in any notation, no port, no name that only a local network knows. */
const isPublicHostName = (text: string): boolean => text.length <= 253 && hostName.test(text) && !local.test(text);

/** A bare name with at least one label before the suffix, `.example.com`. */
export const isHostBelow =
  (suffix: string) =>
  (text: string): boolean =>
    text.endsWith(suffix) && text.length > suffix.length && isPublicHostName(text);

/** `https://` and a host; nothing else unless a port and a path are allowed. */
export const isHttpsUrl =
  (allowed: { portAndPath: boolean }) =>
  (text: string): boolean => {
    if (!text.startsWith('https://') || /[\s\\#?@]/.test(text) || !URL.canParse(text)) return false;
    const { hostname, port, pathname } = new URL(text);
    return isPublicHostName(hostname) && (allowed.portAndPath || (port === '' && pathname === '/'));
  };

export const withoutTrailingSlash = (url: string): string => url.replace(/\/+$/, '');
