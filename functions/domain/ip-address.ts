/** An address as a number of 32 or 128 bits. */
interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** A network: its first address, and how many leading bits its addresses share. */
interface Network extends Address {
  readonly prefix: number;
}

const OCTET = /^(?:0|[1-9]\d{0,2})$/;

function parseIpv4(text: string): bigint | undefined {
  const octets = text.split('.');
  const isRight = octets.length === 4 && octets.every((octet) => OCTET.test(octet) && Number(octet) < 256);
  return isRight ? octets.reduce((value, octet) => value * 256n + BigInt(octet), 0n) : undefined;
}

const GROUP = /^[0-9a-f]{1,4}$/i;

/** The last group of an IPv6 address may be an IPv4 address: it stands for two. */
function withoutDots(text: string): string | undefined {
  const last = text.slice(text.lastIndexOf(':') + 1);
  if (!last.includes('.')) return text;
  const embedded = parseIpv4(last);
  if (embedded === undefined) return undefined;
  const groups = [embedded >> 16n, embedded & 0xffffn].map((group) => group.toString(16));
  return text.slice(0, text.length - last.length) + groups.join(':');
}

function parseIpv6(text: string): bigint | undefined {
  const halves = withoutDots(text)?.split('::');
  if (halves === undefined || halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => GROUP.test(group))) return undefined;
  return groups.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n);
}

function parseAddress(text: string): Address | undefined {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== undefined) return { bits: 32, value: ipv4 };
  // A zone, as in fe80::1%eth0, says which link is meant and changes nothing.
  const ipv6 = parseIpv6(text.replace(/%.*$/, ''));
  return ipv6 === undefined ? undefined : { bits: 128, value: ipv6 };
}

/** Reads a network such as 10.0.0.0/8; throws for what is none. */
export function parseNetwork(text: string): Network {
  const [first = '', prefix = ''] = text.split('/');
  const address = parseAddress(first);
  if (!address) throw new Error(`${text} is no network`);
  return { ...address, prefix: Number(prefix) };
}

const isIn = ({ bits, value }: Address, { prefix, ...first }: Network): boolean =>
  bits === first.bits && value >> BigInt(bits - prefix) === first.value >> BigInt(bits - prefix);

/** Addresses that are not for the public (IANA: special-purpose address registries), and multicast. */
const CLOSED: readonly Network[] = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24'],
  ...['203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ...['64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '3fff::/20', '5f00::/16'],
  ...['fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
].map(parseNetwork);

/** IPv6 addresses that lead to an IPv4 address, and how many bits stand behind it. */
const EMBEDDING: readonly (readonly [Network, number])[] = [
  // IPv4-compatible: :: and ::1, too.
  [parseNetwork('::/96'), 0],
  [parseNetwork('::ffff:0:0/96'), 0],
  [parseNetwork('::ffff:0:0:0/96'), 0],
  // NAT64 and 6to4.
  [parseNetwork('64:ff9b::/96'), 0],
  [parseNetwork('2002::/16'), 80],
];

/** The IPv4 address that an IPv6 address leads to, where it does. */
function withoutWrapping(address: Address): Address {
  const wrapping = EMBEDDING.find(([around]) => isIn(address, around));
  return wrapping ? { bits: 32, value: (address.value >> BigInt(wrapping[1])) & 0xffff_ffffn } : address;
}

/**
 * Whether an address is one of the public internet, seen through the ways to write an IPv4 address as IPv6. What is no
 * address is not. Stricter than MLflow's `_is_public_ip` by multicast, site-local addresses and networks registered later.
 */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text);
  if (!address) return false;
  const meant = withoutWrapping(address);
  return !CLOSED.some((closed) => isIn(meant, closed));
}
