import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { isPublicAddress } from '../../functions/domain/ip-address.ts';
import { createGuard, DeliveryRefused, type Resolve } from '../../functions/webhooks/guard.ts';
import { createSend, type Parcel } from '../../functions/webhooks/send.ts';
import { startReceiver } from './receiver.ts';

/** Stands for a public address: no other can be listened on here. */
const PUBLIC_HOST = '127.0.0.2';
const isPublic = (address: string) => address === PUBLIC_HOST || isPublicAddress(address);

const outside = await startReceiver(PUBLIC_HOST);
const inside = await startReceiver();

const resolveTo =
  (...addresses: readonly string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

/** As deployed, but for plain HTTP. */
const deployed = (resolve: Resolve) =>
  createSend(createGuard({ allowsPrivateIps: false, isPublic, resolve }), ['http', 'https']);

const parcel = (url: string, part: Partial<Parcel> = {}): Parcel => ({
  url,
  headers: { 'X-MLflow-Delivery-Id': 'id' },
  body: '{"a": "é"}',
  timeoutMs: 10_000,
  ...part,
});

const named = (port: number, path = '/') => `http://receiver.example:${port}${path}`;

describe('a delivery', () => {
  test('is POSTed as JSON to the address that was judged, under the name that was asked for', async () => {
    outside.answerNext({ status: 202, headers: { 'retry-after': '7' }, body: 'thanks' });
    const reply = await deployed(resolveTo(PUBLIC_HOST))(parcel(named(outside.port, '/hook?a=b')));
    expect(reply).toEqual({ status: 202, body: 'thanks', retryAfter: '7' });
    const got = outside.received.at(-1);
    expect(got).toMatchObject({ method: 'POST', path: '/hook?a=b', body: '{"a": "é"}' });
    expect(got?.headers).toMatchObject({
      host: `receiver.example:${outside.port}`,
      'content-type': 'application/json',
      'x-mlflow-delivery-id': 'id',
    });
  });

  test.each([
    ['127.0.0.1'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['169.254.169.254'],
    ['10.1.2.3'],
    [PUBLIC_HOST, '127.0.0.1'],
  ])('does not go to a name that leads to %s', async (...addresses) => {
    const before = inside.received.length + outside.received.length;
    const sent = deployed(resolveTo(...addresses))(parcel(named(inside.port)));
    await expect(sent).rejects.toThrow(DeliveryRefused);
    expect(inside.received.length + outside.received.length).toBe(before);
  });

  test.each([
    'http://127.0.0.1',
    'http://127.1',
    'http://2130706433',
    'http://0x7f.1',
    'http://0.0.0.0',
    'http://[::1]',
    'http://[::ffff:7f00:1]',
  ])('does not go to %s', async (origin) => {
    const before = inside.received.length;
    await expect(deployed(resolveTo(PUBLIC_HOST))(parcel(`${origin}:${inside.port}/`))).rejects.toThrow(
      DeliveryRefused,
    );
    expect(inside.received).toHaveLength(before);
  });

  test('goes there where private addresses are allowed', async () => {
    const send = createSend(createGuard({ allowsPrivateIps: true }), ['http']);
    expect(await send(parcel(inside.url))).toMatchObject({ status: 200, body: 'ok' });
  });

  test('needs a scheme that is allowed', async () => {
    const send = createSend(createGuard({ allowsPrivateIps: true }), ['https']);
    await expect(send(parcel(inside.url))).rejects.toThrow('the scheme http is not allowed');
  });

  test('fails when its receiver is not there, does not answer in time, or is cut short', async () => {
    const silent = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => silent.listen(0, PUBLIC_HOST, resolve));
    const address = silent.address();
    const url = typeof address === 'object' && address ? `http://${PUBLIC_HOST}:${address.port}` : '';
    const send = deployed(resolveTo(PUBLIC_HOST));
    await expect(send(parcel(url, { timeoutMs: 50 }))).rejects.toThrow('did not answer within 0.05 s');
    await expect(send(parcel(url, { signal: AbortSignal.abort() }))).rejects.toThrow(/abort/);
    await new Promise((resolve) => silent.close(resolve));
    await expect(send(parcel(url))).rejects.toThrow(/ECONNREFUSED/);
    await expect(deployed(resolveTo())(parcel(named(1)))).rejects.toThrow();
  });

  test('reads no more of an answer than its beginning', async () => {
    outside.answerNext({ status: 200, body: 'x'.repeat(200_000) });
    const { body } = await deployed(resolveTo(PUBLIC_HOST))(parcel(named(outside.port)));
    expect(body).toBe('x'.repeat(65_536));
  });
});

describe('a redirect', () => {
  test.each(['http://127.0.0.1', 'http://[::1]', 'http://127.1', '//127.0.0.1'])(
    'to %s is refused as deployed, and nothing gets there',
    async (origin) => {
      const before = inside.received.length;
      outside.answerNext({ status: 307, headers: { location: `${origin}:${inside.port}/steal` } });
      const sent = deployed(resolveTo(PUBLIC_HOST))(parcel(named(outside.port)));
      await expect(sent).rejects.toThrow(DeliveryRefused);
      expect(inside.received).toHaveLength(before);
    },
  );

  test('to a name that now leads elsewhere is refused', async () => {
    const before = inside.received.length;
    let lookups = 0;
    const rebinding: Resolve = async () => {
      lookups += 1;
      return [{ address: lookups === 1 ? PUBLIC_HOST : '127.0.0.1', family: 4 }];
    };
    outside.answerNext({ status: 308, headers: { location: named(inside.port) } });
    await expect(deployed(rebinding)(parcel(named(outside.port)))).rejects.toThrow(DeliveryRefused);
    expect(inside.received).toHaveLength(before);
  });

  test.each(['file:///etc/passwd', 'ftp://example.com/'])('to %s is refused', async (location) => {
    outside.answerNext({ status: 302, headers: { location } });
    await expect(deployed(resolveTo(PUBLIC_HOST))(parcel(named(outside.port)))).rejects.toThrow(DeliveryRefused);
  });

  test.each([
    [307, 'POST', '{"a": "é"}'],
    [308, 'POST', '{"a": "é"}'],
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
  ])('%i goes on as %s, as with MLflow', async (status, method, body) => {
    outside.answerNext({ status, headers: { location: '/moved' } });
    await deployed(resolveTo(PUBLIC_HOST))(parcel(named(outside.port, '/hook')));
    expect(outside.received.at(-1)).toMatchObject({ method, path: '/moved', body });
  });

  test('without end is given up', async () => {
    outside.answerNext(...Array.from({ length: 11 }, () => ({ status: 307, headers: { location: '/again' } })));
    await expect(deployed(resolveTo(PUBLIC_HOST))(parcel(named(outside.port)))).rejects.toThrow('more than 10 times');
  });

  test('to nowhere is given up, and one without a place is an answer', async () => {
    outside.answerNext({ status: 307, headers: { location: 'http://[' } }, { status: 304 });
    await expect(deployed(resolveTo(PUBLIC_HOST))(parcel(named(outside.port)))).rejects.toThrow('no URL');
    expect(await deployed(resolveTo(PUBLIC_HOST))(parcel(named(outside.port)))).toMatchObject({ status: 304 });
  });
});
