import { choiceField, longListField, numbersField, textField } from '../../ui/url-state/url-state.ts';

/** What the list of experiments keeps in its URL. */
export const experimentsSchema = {
  name: textField(),
  stage: choiceField(['active', 'deleted'], 'active'),
  sort: textField('last_update_time.desc'),
  selected: longListField(),
  widths: numbersField(),
} as const;
