import type { IncomingMessage } from 'node:http';
import type { EdgeRequest } from '../../functions/edge/edge-event.ts';

/** A request in the form of CloudFront's event. */
export function edgeRequestOf({ method = '', url = '', headers }: IncomingMessage): EdgeRequest {
  const mark = url.indexOf('?');
  const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
  return {
    method,
    uri: mark < 0 ? url : url.slice(0, mark),
    querystring: Object.fromEntries([...query].map(([name, value]) => [name, { value }])),
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, { value: Array.isArray(value) ? value.join(', ') : value }]],
      ),
    ),
  };
}
