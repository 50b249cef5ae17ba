/** A header, or a parameter of the query string, of CloudFront's event. */
interface EdgeValue {
  readonly value: string;
}

/** The request of a CloudFront Function's event, version 1.0; header names are in lower case. */
export interface EdgeRequest {
  readonly method: string;
  /** The path as the viewer wrote it. */
  uri: string;
  querystring: Record<string, EdgeValue>;
  headers: Record<string, EdgeValue>;
}

/** An answer that a CloudFront Function gives by itself. */
export interface EdgeResponse {
  readonly statusCode: number;
  readonly statusDescription: string;
  readonly headers: Readonly<Record<string, EdgeValue>>;
  readonly body: { readonly encoding: 'text'; readonly data: string };
}

export interface EdgeEvent {
  readonly request: EdgeRequest;
}
