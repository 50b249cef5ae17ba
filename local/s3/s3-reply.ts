/** Bytes that follow the head of an answer; `close` is called once, whether they were sent, cut off, or never asked for. */
export type ReplyStream = {
  readonly chunks: () => AsyncIterable<Uint8Array>;
  readonly close: () => void;
};

/** What an operation answers. */
export type S3Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | ReplyStream;
  /** Of a refusal: what its document says, for those who say it in another form. */
  readonly error?: { readonly code: string; readonly message: string };
};

/** 200 with an XML document. */
export const xmlReply = (xml: string, headers: Readonly<Record<string, string>> = {}): S3Reply => ({
  status: 200,
  headers: { ...headers, 'content-type': 'application/xml' },
  body: xml,
});

/** An answer without a body. */
export const emptyReply = (status: number, headers: Readonly<Record<string, string>> = {}): S3Reply => ({
  status,
  headers,
});
