import { invalidParameter } from './errors.ts';
import { pythonRepr } from './messages.ts';
import { pythonStrip } from './python-strip.ts';
import { parseUri } from './uri.ts';

/** The host of a URL. */
interface WebhookHost {
  /** In its normal form, as it is connected to: `127.1` is 127.0.0.1, and IPv6 has no brackets. */
  readonly host: string;
  /** As the URL has it, in lower case (Python: urlparse, hostname). */
  readonly written: string;
}

/**
 * The host that a webhook's URL leads to. Throws
 * INVALID_PARAMETER_VALUE for what is no URL, or of a scheme that is not allowed (MLflow: _validate_webhook_url).
 */
export function hostOfWebhook(url: string, schemes: readonly string[]): WebhookHost {
  if (pythonStrip(url) === '') {
    throw invalidParameter(`Webhook URL cannot be empty or just whitespace: ${pythonRepr(url)}`);
  }
  const { scheme, authority } = parseUri(url);
  if (!schemes.includes(scheme)) {
    throw invalidParameter(
      `Invalid webhook URL scheme: ${pythonRepr(scheme)}. Allowed schemes are: ${schemes.join(', ')}.`,
    );
  }
  if (!authority) throw invalidParameter(`Webhook URL must include a hostname: ${pythonRepr(url)}`);
  // What is checked must be what is connected to: both take the host out of this.
  if (!URL.canParse(url)) throw invalidParameter(`Invalid webhook URL ${pythonRepr(url)}: it cannot be parsed.`);
  return { host: hostOf(new URL(url)), written: writtenHost(authority) };
}

function writtenHost(authority: string): string {
  const place = authority.slice(authority.lastIndexOf('@') + 1);
  const [, bracketed] = /^\[([^\]]*)\]/.exec(place) ?? [];
  return (bracketed ?? place.replace(/:.*$/, '')).toLowerCase();
}

/** The host of a URL as a name, or an address without brackets. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

/** The error for a URL that leads where it may not. */
export const notPublic = (host: string, address: string) =>
  invalidParameter(
    `Webhook URL must not resolve to a non-public IP address. ${pythonRepr(host)} resolves to ${address}.`,
  );
