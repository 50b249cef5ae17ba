/** What the server says when it is ready: where it is, and what to paste. */
export const welcome = (url: string, dataDir: string | undefined): string => `
Tracklet is ready at ${url}
${dataDir === undefined ? 'Nothing is kept: all is gone when it stops.' : `Data are kept in ${dataDir}.`}

    import mlflow
    mlflow.set_tracking_uri("${url}")
    mlflow.autolog()

Ctrl-C stops it.
`;
