import { createOidcProvider } from '../oidc/create-oidc-provider.ts';
import { openOidcWith } from './open-oidc.ts';
import { mappingOf, type OpenProviderOnAws } from './provider-on-aws.ts';

/** Signs in at the provider, and takes its tokens. */
export const signInAtProvider: OpenProviderOnAws = (oidc, readSecret) => {
  const { clientSecretArn } = oidc;
  const clientSecret = clientSecretArn === undefined ? undefined : () => readSecret(clientSecretArn);
  return openOidcWith({ provider: createOidcProvider({ ...oidc, clientSecret }), mapping: mappingOf(oidc) });
};
