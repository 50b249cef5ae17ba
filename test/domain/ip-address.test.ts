import { describe, expect, test } from 'vitest';
import { isPublicAddress, parseNetwork } from '../../functions/domain/ip-address.ts';

const PUBLIC = [
  ...['1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.0', '93.184.216.34', '100.63.255.255', '100.128.0.0'],
  ...['126.255.255.255', '128.0.0.0', '169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0'],
  ...['192.0.1.0', '192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0', '223.255.255.255'],
  ...['2606:4700:4700::1111', '2001:4860:4860::8888', '2a00:1450:4001:81b::200e', '2001:200::1', '2400::1'],
  ...['::ffff:8.8.8.8', '::ffff:808:808', '64:ff9b::8.8.8.8', '2002:808:808::1', '::8.8.8.8', '::ffff:0:8.8.8.8'],
];

const CLOSED = [
  // This host, loopback, private, shared, link-local with the metadata services.
  ...['0.0.0.0', '0.255.255.255', '127.0.0.1', '127.1.2.3', '127.255.255.255', '10.0.0.0', '10.255.255.255'],
  ...['100.64.0.0', '100.100.100.200', '100.127.255.255', '169.254.0.0', '169.254.169.254', '169.254.170.2'],
  ...['172.16.0.0', '172.31.255.255', '192.168.0.0', '192.168.255.255'],
  // Documentation, benchmarks, protocols, relays, multicast, reserved, broadcast.
  ...['192.0.0.1', '192.0.0.170', '192.0.2.1', '192.88.99.1', '198.18.0.1', '198.19.255.255', '198.51.100.1'],
  ...['203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
  // The same in IPv6.
  ...['::', '::1', '0:0:0:0:0:0:0:1', 'fe80::1', 'fe80::1%eth0', 'febf::1', 'fc00::1', 'fd00:ec2::254', 'fdff::1'],
  ...['fec0::1', 'ff02::1', 'ff0e::1', '100::1', '2001::1', '2001:1ff::1', '2001:db8::1', '3fff::1', '5f00::1'],
  '64:ff9b:1::1',
  // IPv4 in IPv6.
  ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::FFFF:10.0.0.1', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe'],
  ...[
    '::127.0.0.1',
    '::ffff:0:127.0.0.1',
    '64:ff9b::127.0.0.1',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
    '2002:a9fe:a9fe::1',
  ],
];

const NO_ADDRESSES = [
  ...['', 'localhost', '1.2.3', '1.2.3.4.5', '256.1.1.1', '01.2.3.4', '0x7f.0.0.1', '127.1', '2130706433', '1.2.3.-4'],
  ...[':', ':::', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7::8', '12345::', 'g::', '::1.2.3'],
];

test('a network has an address before its slash', () => {
  expect(() => parseNetwork('10.0.0/8')).toThrow('10.0.0/8 is no network');
});

describe('isPublicAddress', () => {
  test.each(PUBLIC)('lets deliveries go to %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test.each(CLOSED)('keeps deliveries from %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(NO_ADDRESSES)('takes %j for no address', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
