import type { TextMap } from './entities.ts';
import { invalidParameter } from './errors.ts';

/** Says of a registered model, or of a version, that it is a prompt (MLflow: prompt/constants.py). */
export const IS_PROMPT_TAG = 'mlflow.prompt.is_prompt';
/** Holds a prompt's template. */
export const PROMPT_TEXT_TAG = 'mlflow.prompt.text';
/** Says whether a prompt is a text or a chat. */
export const PROMPT_TYPE_TAG = '_mlflow_prompt_type';

/** What clients send as the source of a prompt's version. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(['dummy-source', 'prompt-template']);

/** Whether tags say that they are a prompt's (MLflow: RegisteredModel._is_prompt, handlers.py, _is_prompt_request). */
export const isPrompt = (tags: TextMap): boolean => tags.get(IS_PROMPT_TAG)?.toLowerCase() === 'true';

/** Whether searches hide what has these tags: they mind the case (MLflow: _update_query_to_exclude_prompts). */
export const isHiddenPrompt = (tags: TextMap): boolean => tags.get(IS_PROMPT_TAG) === 'true';

/** Throws INVALID_PARAMETER_VALUE for the source of a prompt's version that is a real one (MLflow: _validate_prompt_source). */
export function validatePromptSource(source: string): void {
  if (PLACEHOLDERS.has(source)) return;
  throw invalidParameter(`Invalid prompt source: '${source}'. Prompt sources must use an MLflow placeholder.`);
}
