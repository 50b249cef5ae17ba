import type { Rule, Span } from './spans.ts';

/**
 * A rule of one regular expression, in which no repetition stands within another or before one that could take the same
 * characters, so that the work is linear in the text. The group `secret`, if there is one, is what must not be kept.
 */
function rule(name: string, pattern: RegExp, isSecret: (found: string) => boolean = () => true): Rule {
  const find = (text: string): readonly Span[] =>
    [...text.matchAll(pattern)].flatMap((match): Span[] => {
      const found = match.groups?.secret ?? match[0];
      const start = match.index + match[0].lastIndexOf(found);
      return isSecret(found) ? [{ start, end: start + found.length, rule: name }] : [];
    });
  return { name, find };
}

const hasDigit = (text: string): boolean => /\d/.test(text);

/** What may stand before a token, that it is not the end of something longer. */
const ALONE = '(?<![A-Za-z0-9_-])';

const token = (name: string, form: string, isSecret?: (found: string) => boolean): Rule =>
  rule(name, new RegExp(`${ALONE}${form}`, 'g'), isSecret);

/** Numbers of cards by their issuers: Visa, Mastercard, American Express, Discover, JCB, Diners. */
const CARD =
  /^(?:4\d{15}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35\d{14}|3(?:0[0-5]|[68]\d)\d{11})$/;

function isCard(found: string): boolean {
  const digits = found.replaceAll(/[ -]/g, '');
  return CARD.test(digits) && passesLuhn(digits);
}

/** The check digit of card numbers (ISO/IEC 7812-1, Luhn): every second digit from the right doubled, its own digits added. */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Keys under which a secret stands as it is: `db_password`, `OPENAI_API_KEY`; not `max_tokens` or `tokenizer`. */
const SECRET_KEY =
  /(?:^|[._\s/-])(?:password|passwd|pwd|passphrase|secret|client_?secret|secret_?(?:access_?)?key|api_?key|access_?key|account_?key|(?:auth|access|bearer|refresh|api|hf|hub|wandb|github|slack)_?token|private_?key|credentials?)$/i;

/** Values that say that there is no secret, or where it is. */
const NO_SECRET =
  /^(?:|none|null|nil|nan|true|false|yes|no|default|unset|redacted|env|\*+|x+|-?[\d.]+|<.*>|\$.*|\{.*|.*:\/\/.*|\/.*|\[redacted.*)$/i;

const MIN_SECRET_LENGTH = 6;

const underSecretKey: Rule = {
  name: 'secret-key',
  find: (text, key) => {
    const value = text.trim();
    const isSecret = SECRET_KEY.test(key) && value.length >= MIN_SECRET_LENGTH && !NO_SECRET.test(value);
    return isSecret ? [{ start: 0, end: text.length, rule: 'secret-key' }] : [];
  },
};

/** The user's own name is their e-mail in many places, and belongs to the run. */
const NAMES_OF_USERS: ReadonlySet<string> = new Set(['mlflow.user']);

const emailPattern = rule(
  'email',
  // Not behind a slash, where it is the authority of a URL, nor git's own user.
  /(?<![A-Za-z0-9._%+/:@-])(?!git@)[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9@])/g,
);

const email: Rule = {
  name: 'email',
  find: (text, key) => (NAMES_OF_USERS.has(key) ? [] : emailPattern.find(text, key)),
};

/** What nobody wants in a param, a tag or the source of a dataset. */
export const BUILT_IN_RULES: readonly Rule[] = [
  rule('private-key', /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^-]*(?:-----END [A-Z0-9 ]{0,40}-----)?/g),
  token('aws-access-key', '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])'),
  rule(
    'aws-secret-key',
    /aws_?secret_?(?:access_?)?key["']?\s{0,3}[:=]\s{0,3}["']?(?<secret>[A-Za-z0-9/+=]{40})(?![A-Za-z0-9/+=])/gi,
  ),
  rule('presigned-url', /[?&](?:X-Amz-Signature|X-Goog-Signature|sig|Signature)=(?<secret>[A-Za-z0-9%+/=_-]{20,512})/g),
  token('google-api-key', 'AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])'),
  token('google-oauth-token', '(?:ya29\\.|1//0)[A-Za-z0-9_-]{20,512}'),
  rule('azure-account-key', /(?:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9+/]{40,90}={0,2})/g),
  token('github-token', '(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})'),
  token('gitlab-token', 'gl(?:pat|dt|rt|ptt|oas)-[A-Za-z0-9_-]{20,255}'),
  token('slack-token', 'xox[abeoprs]-[A-Za-z0-9-]{10,255}', hasDigit),
  rule('slack-webhook', /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/(?<secret>[A-Za-z0-9/]{20,100})/g),
  token('huggingface-token', '(?:hf|api_org)_[A-Za-z0-9]{30,64}(?![A-Za-z0-9])'),
  token('openai-key', 'sk-[A-Za-z0-9_-]{20,255}', hasDigit),
  token('stripe-key', '(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,255}'),
  token('databricks-token', 'dapi[a-f0-9]{32}(?:-\\d)?(?![A-Za-z0-9])'),
  token('npm-token', 'npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])'),
  token('pypi-token', 'pypi-AgE[A-Za-z0-9_-]{40,512}'),
  token('sendgrid-key', 'SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}'),
  token('tracklet-token', 'tracklet_[A-Za-z0-9_-]{20,2048}\\.[A-Za-z0-9_-]{43}'),
  token('jwt', 'eyJ[A-Za-z0-9_-]{8,4096}\\.eyJ[A-Za-z0-9_-]{8,8192}\\.[A-Za-z0-9_-]{8,1024}'),
  rule('bearer', /\b(?:Bearer|Basic) {1,3}(?<secret>[A-Za-z0-9._~+/=-]{20,4096})/g, hasDigit),
  rule('url-password', /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@?#[]{0,128}:(?<secret>[^\s/@?#]{1,256})@/gi),
  rule(
    'assigned-secret',
    /(?<![A-Za-z])(?:password|passwd|pwd|secret|api_?key|access_?token|auth_?token)["']?\s{0,3}[:=]\s{0,3}["']?(?<secret>[^\s"',;&]{8,256})/gi,
    (found) => !NO_SECRET.test(found),
  ),
  rule('card-number', /(?<![\w.,+-])\d(?:[ -]?\d){12,18}(?![\w.]|-\d)/g, isCard),
  email,
  underSecretKey,
];
