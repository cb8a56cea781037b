import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Addresses that begin alike: `10.0.0.0/8`. */
export type AddressRange = [Address, number];

/** An IPv4 address in IPv6's clothes is one of IPv4. Nothing of what is no address, as `127.1` is none. */
export const parseAddress = (text: string): Address | null => {
  if (text.length > 64) return null;
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return ipaddr.IPv6.isValid(text) ? ipaddr.process(text) : null;
};

/** An address, or several as `10.0.0.0/8` or `2001:db8::/32`; `null` where it is neither. */
export const parseRange = (text: string): AddressRange | null => {
  const [first = '', bits, ...more] = text.split('/');
  if (more.length > 0) return null;
  const address = parseAddress(first);
  if (!address) return null;
  const all = address.kind() === 'ipv4' ? 32 : 128;
  if (bits === undefined) return [address, all];
  // ::ffff:10.0.0.0/104, which is 10.0.0.0/8.
  const length = Number(bits) - (first.includes(':') && all === 32 ? 96 : 0);
  return /^\d{1,3}$/.test(bits) && length >= 0 && length <= all ? [address, length] : null;
};

export const isWithin = (address: Address, ranges: readonly AddressRange[]): boolean =>
  ranges.some(([range, bits]) => address.kind() === range.kind() && address.match(range, bits));

/** The network that limits count by: for IPv6, the first 64 bits, because one machine has all addresses in them. */
export const networkOf = (source: string): string => {
  const address = parseAddress(source);
  if (!address || address.kind() === 'ipv4') return source;
  const [withoutZone = ''] = source.split('%');
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${withoutZone}/64`).toString()}/64`;
};
