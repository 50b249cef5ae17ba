import { describe, expect, it } from 'vitest';
import { IDENTITY_ENV, OIDC_ENV, OPTIONAL_ENV, REQUEST_ENV } from '../../../functions/entry/env.ts';
import { synthesise } from '../new-deployment.ts';

const ORIGIN = 'https://d111111abcdef8.cloudfront.net';
const OIDC = {
  'tracklet:auth': 'oidc',
  'tracklet:oidcIssuer': 'https://id.example.org/realms/ml',
  'tracklet:oidcClientId': 'tracklet',
  'tracklet:oidcAdminGroup': 'ml-platform',
  'tracklet:publicOrigin': ORIGIN,
};
const secret = { 'tracklet:oidcClientSecret': 'tracklet/oidc' };
type Template = ReturnType<typeof synthesise>['api'];

const SERVICES = ['TrackingService', 'ArtifactService', 'RegistryService', 'IdentityService'] as const;
const entriesOf = (template: Template, type: string) =>
  Object.entries(template.findResources(type)).map(([id, { Properties, ...resource }]) => ({
    id,
    resource,
    ...Properties,
  }));
const variablesOf = (template: Template, service: string) =>
  entriesOf(template, 'AWS::Lambda::Function').find(({ id }) => id.startsWith(service))?.Environment.Variables;
/** What a function may do with secrets, and with which. */
const secretsOf = (template: Template, service: string) =>
  entriesOf(template, 'AWS::IAM::Policy')
    .filter(({ id }) => id.startsWith(service))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Action }) => String(Action).startsWith('secretsmanager:'));

describe('a provider that is there already', () => {
  const { api, users, stacks } = synthesise({ ...OIDC, ...secret });

  it('is told to every function that answers requests, and its secret’s name to the one that signs in', () => {
    const told = {
      issuer: 'https://id.example.org/realms/ml',
      clientId: 'tracklet',
      audiences: [],
      usernameClaim: 'preferred_username',
      groupsClaim: 'groups',
      adminGroup: 'ml-platform',
    };
    for (const service of SERVICES) {
      const variables = variablesOf(api, service);
      expect(variables).toMatchObject({ [REQUEST_ENV.auth]: 'oidc', [OPTIONAL_ENV.publicOrigin]: ORIGIN });
      const extra = service === 'IdentityService' ? { clientSecretArn: 'tracklet/oidc' } : {};
      expect(JSON.parse(variables[OIDC_ENV])).toEqual({ ...told, ...extra });
    }
  });

  it('has its secret read by nobody else', () => {
    for (const service of SERVICES) {
      const granted = JSON.stringify(secretsOf(api, service));
      expect(granted.includes('secret:tracklet/oidc-??????')).toBe(service === 'IdentityService');
    }
  });

  it('makes passwords needless, the first admin’s too', () => {
    const made = entriesOf(api, 'AWS::SecretsManager::Secret');
    expect(made.map(({ id }) => id)).toEqual([expect.stringMatching(/^SecretsTokenKey/)]);
    expect(variablesOf(api, 'IdentityUpkeep')).not.toHaveProperty([IDENTITY_ENV.adminSecret]);
    expect(Object.keys(api.findOutputs('*'))).not.toContain('AdminPasswordSecret');
  });

  it('needs no stack of its own', () => {
    expect(stacks.users).toBeUndefined();
    expect(users.toJSON()).toEqual({});
  });

  it('asks nothing of the gateway, which lets requests through', () => {
    const routes = entriesOf(api, 'AWS::ApiGatewayV2::Route');
    expect(new Set(routes.map(({ AuthorizationType }) => AuthorizationType))).toEqual(new Set(['NONE']));
  });

  it('may have a public client, or a secret by its whole ARN', () => {
    const open = synthesise(OIDC).api;
    expect(secretsOf(open, 'IdentityService')).toHaveLength(1);
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:tracklet/oidc-AbCdEf';
    const whole = synthesise({ ...OIDC, 'tracklet:oidcClientSecret': arn }).api;
    expect(JSON.stringify(secretsOf(whole, 'IdentityService'))).toContain(`"${arn}"`);
  });
});

describe('a user pool of the deployment’s own', () => {
  const { users, api } = synthesise({
    'tracklet:auth': 'oidc',
    'tracklet:cognito': 'on',
    'tracklet:publicOrigin': ORIGIN,
  });

  it('stays when its stack goes, and nobody signs up by themselves', () => {
    const [pool] = entriesOf(users, 'AWS::Cognito::UserPool');
    expect(pool).toMatchObject({
      resource: { DeletionPolicy: 'Retain' },
      DeletionProtection: 'ACTIVE',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    });
  });

  it('sends browsers back to the deployment alone, by the code flow, to a client without a secret', () => {
    const [client] = entriesOf(users, 'AWS::Cognito::UserPoolClient');
    expect(client).toMatchObject({
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'profile', 'email'],
      CallbackURLs: [`${ORIGIN}/api/2.0/tracklet/oidc/callback`],
      GenerateSecret: false,
      PreventUserExistenceErrors: 'ENABLED',
    });
  });

  it('has a page to sign in at, and a group of admins', () => {
    expect(entriesOf(users, 'AWS::Cognito::UserPoolDomain')).toHaveLength(1);
    expect(entriesOf(users, 'AWS::Cognito::UserPoolGroup')).toMatchObject([{ GroupName: 'tracklet-admins' }]);
  });

  it('is told to the functions by its own names', () => {
    const told = JSON.stringify(variablesOf(api, 'TrackingService')[OIDC_ENV]);
    expect(told).toContain('cognito:groups');
    expect(told).toMatch(/Tracklet-main-Users:.*UsersPool.*Tracklet-main-Users:.*Client/);
  });
});
