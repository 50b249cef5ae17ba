import { describe, expect, test } from 'vitest';
import { deliveryHeaders, deliveryIdOf } from '../../functions/webhooks/sign.ts';

const delivery = { deliveryId: 'd', body: '{}', now: 1_700_000_000_999 };

describe('a delivery', () => {
  test('is signed as MLflow signs it', () => {
    // printf 'd.1700000000.{}' | openssl dgst -sha256 -hmac secret -binary | base64
    expect(deliveryHeaders({ ...delivery, secret: 'secret' })).toEqual({
      'X-MLflow-Delivery-Id': 'd',
      'X-MLflow-Timestamp': '1700000000',
      'X-MLflow-Signature': 'v1,7OMoKSxeHcIPJxadt7o3RCKHMDVQmps2aG/wicGUl3Q=',
    });
  });

  test.each([undefined, ''])('without a secret is not signed: %j', (secret) => {
    expect(Object.keys(deliveryHeaders({ ...delivery, secret }))).toEqual([
      'X-MLflow-Delivery-Id',
      'X-MLflow-Timestamp',
    ]);
  });

  test('has a UUID, the same in all its tries and for no other receiver', () => {
    const id = deliveryIdOf('event', 'a');
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(deliveryIdOf('event', 'a')).toBe(id);
    expect(deliveryIdOf('event', 'b')).not.toBe(id);
  });
});
