import { describe, expect, test } from 'vitest';
import { hostOfWebhook, notPublic } from '../../functions/domain/webhook-url.ts';

describe('the URL of a webhook', () => {
  test.each([
    ['https://example.com/hook?a=b', 'example.com', 'example.com'],
    ['https://EXAMPLE.com:8443', 'example.com', 'example.com'],
    ['https://user:secret@example.com/', 'example.com', 'example.com'],
    ['https://[::FFFF:127.0.0.1]/', '::ffff:7f00:1', '::ffff:127.0.0.1'],
    ['https://127.1/', '127.0.0.1', '127.1'],
    ['https://0x7f000001', '127.0.0.1', '0x7f000001'],
    ['https://0177.0.0.1', '127.0.0.1', '0177.0.0.1'],
    ['HTTPS://2130706433/', '127.0.0.1', '2130706433'],
    ['https://example.com\\@127.0.0.1/', 'example.com', '127.0.0.1'],
  ])('%s leads to %s', (url, host, written) => {
    expect(hostOfWebhook(url, ['https'])).toEqual({ host, written });
  });

  test.each([
    ['  ', "Webhook URL cannot be empty or just whitespace: '  '"],
    ['http://example.com', "Invalid webhook URL scheme: 'http'. Allowed schemes are: https, ftp."],
    ['example.com', "Invalid webhook URL scheme: ''. Allowed schemes are: https, ftp."],
    ['file:///etc/passwd', "Invalid webhook URL scheme: 'file'. Allowed schemes are: https, ftp."],
    ['https:example.com', "Webhook URL must include a hostname: 'https:example.com'"],
    ['https:///x', "Webhook URL must include a hostname: 'https:///x'"],
    ['https://[::1', "Invalid webhook URL 'https://[::1': it cannot be parsed."],
    ['https://a b/', "Invalid webhook URL 'https://a b/': it cannot be parsed."],
  ])('%j is refused', (url, message) => {
    expect(() => hostOfWebhook(url, ['https', 'ftp'])).toThrow(message);
  });
});

test('says where a host leads that may not be gone to', () => {
  expect(notPublic('localhost', '127.0.0.1').message).toBe(
    "Webhook URL must not resolve to a non-public IP address. 'localhost' resolves to 127.0.0.1.",
  );
});
