import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from '../domain/ip-address.ts';
import { hostOf } from '../domain/webhook-url.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a host. Rejects when it has none. */
export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>;

/** A delivery would have gone where it may not; it is not tried again. */
export class DeliveryRefused extends Error {
  override readonly name = 'DeliveryRefused';
}

/** Keeps deliveries from addresses they may not go to. */
export interface Guard {
  /** The first address of a host that may not be connected to; undefined when all may. Rejects when it has none at all. */
  readonly findRefused: (host: string) => Promise<string | undefined>;
  /** Throws DeliveryRefused for an address in a URL that may not be connected to: node does not look these up. */
  readonly checkLiteral: (url: URL) => void;
  /** Looks a host up for a connection, which is then made to no other address than was judged. */
  readonly lookup: LookupFunction;
}

export interface GuardProps {
  readonly allowsPrivateIps: boolean;
  /** @default the system's resolver */
  readonly resolve?: Resolve;
  /** @default isPublicAddress */
  readonly isPublic?: (address: string) => boolean;
}

const resolveBySystem: Resolve = (host) => lookup(host, { all: true });

/** A guard by the addresses' own nature. */
export function createGuard({
  allowsPrivateIps,
  resolve = resolveBySystem,
  isPublic = isPublicAddress,
}: GuardProps): Guard {
  const isRefused = (address: string) => !allowsPrivateIps && !isPublic(address);
  const addressesOf = async (host: string): Promise<readonly ResolvedAddress[]> => {
    const family = isIP(host);
    return family === 0 ? resolve(host) : [{ address: host, family }];
  };

  const judged = async (host: string): Promise<readonly ResolvedAddress[]> => {
    const addresses = await addressesOf(host);
    const refused = addresses.find(({ address }) => isRefused(address));
    if (refused) throw refusal(host, refused.address);
    if (addresses.length === 0) throw new Error(`${host} has no address`);
    return addresses;
  };

  return {
    findRefused: async (host) => {
      if (allowsPrivateIps) return undefined;
      return (await addressesOf(host)).find(({ address }) => isRefused(address))?.address;
    },
    checkLiteral: (url) => {
      const host = hostOf(url);
      if (isIP(host) !== 0 && isRefused(host)) throw refusal(host, host);
    },
    lookup: (host, options, done) => {
      judged(host).then(
        (addresses) => {
          const [first] = addresses;
          if (options.all || !first) done(null, [...addresses]);
          else done(null, first.address, first.family);
        },
        (error: Error) => done(error, ''),
      );
    },
  };
}

const refusal = (host: string, address: string) =>
  new DeliveryRefused(`Webhook connection blocked: ${host} leads to ${address}, which is not a public IP address.`);
