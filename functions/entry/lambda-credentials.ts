/**
 * Takes the place of `@aws-sdk/credential-provider-node` in the bundles, under the name that the SDK's clients import.
 * That one looks into profiles, sign-ons and metadata services; Lambda gives the role's credentials in the environment
 * and ends the process before they expire. Throws naming the variable that is missing.
 */
export const defaultProvider = () => async () => ({
  accessKeyId: read('AWS_ACCESS_KEY_ID'),
  secretAccessKey: read('AWS_SECRET_ACCESS_KEY'),
  sessionToken: process.env.AWS_SESSION_TOKEN,
});

function read(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`environment variable ${name} is missing`);
  return value;
}
