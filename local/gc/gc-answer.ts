import * as z from 'zod';

const kept = z.object({ id: z.string(), reason: z.string() });
const kind = z.object({
  found: z.number(),
  removed: z.array(z.string()),
  kept: z.array(kept),
  failed: z.array(kept),
  left_files: z.array(z.object({ id: z.string(), uri: z.string(), reason: z.string() })),
  objects: z.number(),
  bytes: z.number(),
});

/** One answer of the server's garbage collection. */
export const gcAnswer = z.object({
  is_complete: z.boolean(),
  report: z.object({
    runs: kind,
    logged_models: kind,
    experiments: kind,
    uploads: z.object({ found: z.number(), aborted: z.number(), failed: z.array(z.string()) }),
  }),
  next_page_token: z.string().optional(),
});

export type GcAnswer = Readonly<z.infer<typeof gcAnswer>>;
export type GcReport = GcAnswer['report'];

/** An error as MLflow's servers tell it. */
export const refusalOf = z.object({ error_code: z.string(), message: z.string() });
