/**
 * What tests sign in with, sign with or log as a secret: none of it may be in a log. A secret of a new test contains `canary`
 * or is added here.
 */
export const SECRETS = [
  'canary',
  'correct horse battery',
  'another long password',
  'a third long password',
  'the first password',
  'a wanted password',
  'a made password',
  'a long enough password',
  'a password of the deployment',
  'the text of the secret',
  'the secret of these tests',
  'the password of ada',
  'the password of bob',
  'the password of carol',
  'the password of dan',
  'another password of carol',
  'the next password of dan',
  'not the password',
  'hunter2',
  'AKIAIOSFODNN7EXAMPLE',
];

/** What is a secret whatever its text: tokens, credentials as they are sent, signatures of presigned URLs. */
export const SECRET_FORMS = [
  { name: 'a token', form: /tracklet_[\w-]{16,}\.[\w-]{43}/ },
  { name: 'an Authorization header', form: /\b(?:basic|bearer) +[\w+/=.-]{10,}/i },
  { name: 'a signature', form: /X-Amz-(?:Signature|Security-Token)=\w+/i },
  { name: 'a session', form: /\bcookie: *\S*=[\w+/=.-]{16,}/i },
];
