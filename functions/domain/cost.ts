/** What a piece of work consumed of what AWS bills by use. */
export interface Cost {
  /** DynamoDB's write request units: 1 KB each, two of them in a transaction. */
  readonly writeUnits: number;
  /** DynamoDB's read request units: 4 KB each, strongly consistent. */
  readonly readUnits: number;
  /** Requests to S3, by the classes of its price list; deletes are free. */
  readonly s3Gets: number;
  readonly s3Puts: number;
  readonly s3Lists: number;
  readonly s3Deletes: number;
}

export const NO_COST: Cost = { writeUnits: 0, readUnits: 0, s3Gets: 0, s3Puts: 0, s3Lists: 0, s3Deletes: 0 };

/** The sum of a cost and what came on top. */
export const addCost = (cost: Cost, more: Partial<Cost>): Cost => ({
  writeUnits: cost.writeUnits + (more.writeUnits ?? 0),
  readUnits: cost.readUnits + (more.readUnits ?? 0),
  s3Gets: cost.s3Gets + (more.s3Gets ?? 0),
  s3Puts: cost.s3Puts + (more.s3Puts ?? 0),
  s3Lists: cost.s3Lists + (more.s3Lists ?? 0),
  s3Deletes: cost.s3Deletes + (more.s3Deletes ?? 0),
});
