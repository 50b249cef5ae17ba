/** An answer of a JSON operation that needs headers beside its message. */
export class AnswerWithHeaders {
  readonly message: object;
  readonly headers: Readonly<Record<string, string>>;

  constructor(message: object, headers: Readonly<Record<string, string>>) {
    this.message = message;
    this.headers = headers;
  }
}
