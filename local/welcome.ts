interface WelcomeProps {
  readonly url: string;
  /** Undefined where nothing is kept. */
  readonly dataDir: string | undefined;
  /** What clients need in their environment; none where they need nothing. */
  readonly clientVariables: Readonly<Record<string, string>>;
}

/** What the server says when it is ready: where it is, and what to paste. */
export const welcome = ({ url, dataDir, clientVariables }: WelcomeProps): string => `
Tracklet is ready at ${url}
${dataDir === undefined ? 'Nothing is kept: all is gone when it stops.' : `Data are kept in ${dataDir}.`}
${exportsOf(clientVariables)}
    import mlflow
    mlflow.set_tracking_uri("${url}")
    mlflow.autolog()

Ctrl-C stops it.
`;

function exportsOf(variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(([name, value]) => `    export ${name}=${value}\n`);
  return lines.length === 0
    ? ''
    : `Clients open artifacts in S3 by themselves (pip install boto3), which takes:\n\n${lines.join('')}`;
}
