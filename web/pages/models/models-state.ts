import { longListField, numbersField, textField } from '../../ui/url-state/url-state.ts';

/** What the list of models keeps in its URL. */
export const modelsSchema = {
  find: textField(),
  sort: textField('last_updated_timestamp.desc'),
  selected: longListField(),
  widths: numbersField(),
} as const;
