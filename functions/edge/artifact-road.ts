interface EdgeEvent {
  readonly request: object;
}

/** Leaves every request to the API, the default origin of its path. */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by its name.
function handler(event: EdgeEvent): object {
  return event.request;
}
