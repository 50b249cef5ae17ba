import { describe, expect, it } from 'vitest';
import { identityOperations } from '../../../functions/api/index.ts';
import { IDENTITY_ENV, REQUEST_ENV, USERS_ENV } from '../../../functions/entry/env.ts';
import { synthesise } from '../new-deployment.ts';

const USERS = {
  'tracklet:auth': 'users',
  'tracklet:defaultPermission': 'NO_PERMISSIONS',
  'tracklet:redaction': 'mask',
  'tracklet:redactionPatterns': { EMPLOYEE: 'EMP-[0-9]+' },
};
const { api, data } = synthesise(USERS);

const entriesOf = (type: string, template = api) =>
  Object.entries(template.findResources(type)).map(([id, { Properties, ...resource }]) => ({
    id,
    resource,
    ...Properties,
  }));
const functions = entriesOf('AWS::Lambda::Function');
const functionOf = (service: string) => functions.find(({ id }) => id.startsWith(service));
const variablesOf = (service: string) => functionOf(service)?.Environment.Variables;
const services = ['TrackingService', 'ArtifactService', 'RegistryService', 'IdentityService'];

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: object;
}
/** What a function may do with a service of AWS, in the words of its policy. */
const statementsOf = (service: string, prefix: string): readonly Statement[] =>
  entriesOf('AWS::IAM::Policy')
    .filter(({ id }) => id.startsWith(service))
    .flatMap(({ PolicyDocument }): readonly Statement[] => PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().some((action) => action.startsWith(prefix)));

describe('users', () => {
  it('are off by default: there is nothing for them', () => {
    const { api: template } = synthesise();
    expect(entriesOf('AWS::SecretsManager::Secret', template)).toEqual([]);
    expect(entriesOf('AWS::Lambda::Function', template).filter(({ id }) => id.startsWith('Identity'))).toEqual([]);
    expect(JSON.stringify(template.toJSON())).not.toContain(USERS_ENV.tokenKeySecret);
  });

  it('are asked for by the functions, on every route', () => {
    const routes = entriesOf('AWS::ApiGatewayV2::Route');
    expect([...new Set(routes.map(({ AuthorizationType }) => AuthorizationType))]).toEqual(['NONE']);
    for (const service of services) {
      expect(variablesOf(service)).toMatchObject({
        [REQUEST_ENV.auth]: 'users',
        [REQUEST_ENV.redaction]: 'mask',
        [REQUEST_ENV.redactionPatterns]: '{"EMPLOYEE":"EMP-[0-9]+"}',
        [USERS_ENV.defaultPermission]: 'NO_PERMISSIONS',
      });
    }
  });

  it('have few routes more than without them', () => {
    expect(entriesOf('AWS::ApiGatewayV2::Route').length).toBeLessThan(60);
  });
});

describe('the secrets', () => {
  const secrets = entriesOf('AWS::SecretsManager::Secret');

  it('are made at deploy time and stand in no template', () => {
    expect(secrets).toHaveLength(2);
    for (const secret of secrets) {
      expect(secret).not.toHaveProperty('SecretString');
      expect(secret.GenerateSecretString.PasswordLength).toBeGreaterThanOrEqual(32);
    }
  });

  it('stay with the data unless all is to go', () => {
    const policies = (template: typeof api) =>
      entriesOf('AWS::SecretsManager::Secret', template).map(({ resource }) => resource.DeletionPolicy);
    expect(policies(api)).toEqual(['Retain', 'Retain']);
    const destroyed = synthesise({ 'tracklet:auth': 'users', 'tracklet:removalPolicy': 'destroy' });
    expect(policies(destroyed.api)).toEqual(['Delete', 'Delete']);
  });

  it('are named in variables, never told', () => {
    for (const { Environment } of functions) {
      for (const value of Object.values(Environment.Variables)) expect(JSON.stringify(value)).not.toContain('resolve:');
    }
  });

  it('are read by whom they are for: the password by the function that makes the first admin alone', () => {
    const [password, key] = ['SecretsAdminPassword', 'SecretsTokenKey'].map((start) => ({
      Ref: secrets.find(({ id }) => id.startsWith(start))?.id,
    }));
    for (const service of services) {
      const granted = statementsOf(service, 'secretsmanager:');
      expect(granted).toMatchObject([{ Action: 'secretsmanager:GetSecretValue', Resource: key }]);
      expect(variablesOf(service)).toHaveProperty([USERS_ENV.tokenKeySecret], key);
      expect(variablesOf(service)).not.toHaveProperty([IDENTITY_ENV.adminSecret]);
    }
    expect(statementsOf('IdentityUpkeep', 'secretsmanager:').flatMap(({ Resource }) => Resource)).toEqual([
      password,
      key,
    ]);
  });
});

describe('the functions of identities', () => {
  it.each(['IdentityService', 'IdentityUpkeep'])('reach users, tokens and the audit alone: %s', (service) => {
    const [statement, ...others] = statementsOf(service, 'dynamodb:');
    expect(others).toEqual([]);
    expect(statement?.Condition).toEqual({
      'ForAllValues:StringLike': {
        'dynamodb:LeadingKeys': [
          'USERS',
          'ROLES',
          'TOKENS#*',
          'SESSIONS#*',
          'ACCOUNT#*',
          'AUDIT#*',
          'COUNTERS',
          'SECRETS',
        ],
      },
    });
    expect(statementsOf(service, 's3:')).toEqual([]);
  });

  it('alone write what the edge knows', () => {
    const writers = entriesOf('AWS::IAM::Policy').filter((policy) => JSON.stringify(policy).includes('keyvaluestore'));
    expect(writers.map(({ id }) => id).sort()).toEqual([
      expect.stringMatching(/^IdentityService/),
      expect.stringMatching(/^IdentityUpkeep/),
    ]);
    for (const service of ['IdentityService', 'IdentityUpkeep']) {
      expect(variablesOf(service)).toHaveProperty([IDENTITY_ENV.edgeKeys]);
    }
  });

  it('know of no edge where there is none', () => {
    const { api: alone } = synthesise({ 'tracklet:auth': 'users', 'tracklet:web': 'off' });
    expect(JSON.stringify(alone.toJSON())).not.toMatch(/keyvaluestore|EDGE_KEYS/);
    expect(entriesOf('AWS::Events::Rule', alone)).toEqual([]);
  });

  it('tell the edge each minute, and no longer once users are switched off', () => {
    const [rule] = entriesOf('AWS::Events::Rule');
    const [users] = entriesOf('Custom::Users');
    expect(rule?.ScheduleExpression).toBe('rate(1 minute)');
    expect(rule?.resource.DependsOn).toContain(users?.id);
    expect(users?.resource.DependsOn).toEqual(
      expect.arrayContaining([expect.stringMatching(/^IdentityUpkeepServiceRoleDefaultPolicy/)]),
    );
  });

  it('are no export of the data that would hinder to switch users off', () => {
    const exported = (template: typeof data) => Object.keys(template.findOutputs('*')).sort();
    expect(exported(data)).toEqual(exported(synthesise().data));
  });
});

describe('routes', () => {
  const integrations = new Map(entriesOf('AWS::ApiGatewayV2::Integration').map((one) => [one.id, one]));
  const table = entriesOf('AWS::ApiGatewayV2::Route').map(({ RouteKey, Target }) => {
    const [, path = ''] = String(RouteKey).split(' ');
    const pattern = path
      .replaceAll('.', '\\.')
      .replace('{proxy+}', '.+')
      .replaceAll(/\{\w+\}/g, '[^/]+');
    const service = integrations.get(Target['Fn::Join'][1][1].Ref)?.IntegrationUri['Fn::GetAtt'][0];
    return { path, pattern: new RegExp(`^${pattern}$`), service: String(service) };
  });
  /** AWS: the gateway prefers the route that says most of the path itself. */
  const serviceFor = (path: string): string | undefined =>
    table.filter(({ pattern }) => pattern.test(path)).toSorted((a, b) => b.path.length - a.path.length)[0]?.service;

  it.each([...new Set(identityOperations.flatMap(({ paths }) => paths))])(
    '%s leads to the identity function',
    (path) => {
      expect(serviceFor(path)).toMatch(/^IdentityService/);
    },
  );
});
