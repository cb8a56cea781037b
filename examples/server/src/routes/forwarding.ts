import { type AddressRange, isWithin, parseAddress } from '../values/addresses.js';

/** The sender of a request, as far as trusted proxies tell it. */
export interface Client {
  /** The network address. */
  source: string;
  /** The origin that the client called, as `https://cockpit.example.com`: the origin of a page on this host. */
  origin: string;
}

/** One proxy's word: whom it had the request from, and what that one asked for. */
interface Hop {
  by: string | undefined;
  proto: string | undefined;
  host: string | undefined;
}

/** More proxies than stand in a row anywhere. */
const mostHops = 20;

/** Without its port, and out of the brackets of IPv6. `undefined` for what names no address, as `unknown` or `_hidden`. */
const addressIn = (node: string | undefined): string | undefined => {
  const [, bracketed, four, bare] =
    /^(?:\[([0-9a-f:.]{2,45})\](?::\d{1,5})?|(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?|([0-9a-f:.]{2,45}))$/i.exec(
      node ?? '',
    ) ?? [];
  return parseAddress(bracketed ?? four ?? bare ?? '')?.toString();
};

const originOf = (proto: string | undefined, host: string | undefined): string | null => {
  if (!/^https?$/i.test(proto ?? '') || !/^[\w.[\]:-]{1,255}$/.test(host ?? '')) return null;
  const address = `${proto}://${host}`;
  return URL.canParse(address) ? new URL(address).origin : null;
};

/** From the right: the last is the word of the proxy that is connected. */
const listed = (header: string | null): string[] =>
  (header ?? '')
    .split(',')
    .slice(-mostHops)
    .map((entry) => entry.trim())
    .toReversed();

/**
 * RFC 7239. Commas are taken for ends even within quotation marks: what a proxy writes has none there, and a quotation
 * mark that the client leaves open swallows nothing of it.
 */
const hopsInForwarded = (header: string): Hop[] =>
  listed(header).map((element) => {
    const pairs = new Map(
      element.split(';').map((pair) => {
        const [, name = '', quoted, token] =
          /^\s*([a-z]{1,10})=(?:"([^"\\]{0,300})"|([^\s"]{0,300}))\s*$/i.exec(pair) ?? [];
        return [name.toLowerCase(), quoted ?? token ?? ''];
      }),
    );
    return { by: pairs.get('for'), proto: pairs.get('proto'), host: pairs.get('host') };
  });

const hopsInXForwarded = (headers: Headers): Hop[] => {
  const protos = listed(headers.get('X-Forwarded-Proto'));
  const hosts = listed(headers.get('X-Forwarded-Host'));
  return listed(headers.get('X-Forwarded-For')).map((by, index) => ({
    by,
    // A proxy may have set the one value that there is, and those behind it have passed it on.
    proto: protos[Math.min(index, protos.length - 1)] || undefined,
    host: hosts[Math.min(index, hosts.length - 1)] || undefined,
  }));
};

/** Anybody can send forwarding headers: they are believed only from these proxies. */
export class TrustedProxies {
  readonly #ranges: readonly AddressRange[];

  constructor(ranges: readonly AddressRange[]) {
    this.#ranges = ranges;
  }

  /** @param peer The address that is connected. */
  clientOf(peer: string, { headers, url }: Request): Client {
    const source = parseAddress(peer)?.toString() ?? peer;
    const direct = { source, origin: new URL(url).origin };
    if (!this.#isTrusted(source)) return direct;
    const old = this.#follow(direct, hopsInXForwarded(headers));
    const forwarded = headers.get('Forwarded');
    if (forwarded === null) return old;
    const client = this.#follow(direct, hopsInForwarded(forwarded));
    // A proxy writes one of the two and passes the other on as the client sent it: which, cannot be told.
    return headers.has('X-Forwarded-For') && client.source !== old.source ? direct : client;
  }

  /** From proxy to proxy, as far as each is trusted and says where it had the request from. */
  #follow(direct: Client, hops: readonly Hop[]): Client {
    let client = direct;
    for (const { by, proto, host } of hops) {
      if (!this.#isTrusted(client.source)) break;
      const { protocol, host: knownHost } = new URL(client.origin);
      const origin = originOf(proto ?? protocol.slice(0, -1), host ?? knownHost) ?? client.origin;
      const source = addressIn(by);
      client = { source: source ?? client.source, origin };
      if (source === undefined) break;
    }
    return client;
  }

  #isTrusted(source: string): boolean {
    const address = parseAddress(source);
    return address !== null && isWithin(address, this.#ranges);
  }
}
