/** The edge function as one file: the source that CloudFront takes and the local front runs. */
export declare function buildEdgeFunction(): string;
