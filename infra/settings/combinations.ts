import type { Settings } from './schema.ts';

type Given = Readonly<Record<string, unknown>>;

/** Two settings, or more, that do not go together. */
interface Combination {
  /** The setting that is at fault. */
  readonly key: keyof Settings;
  readonly isWrong: (settings: Settings, given: Given) => boolean;
  /** What it must go with, and why; `{}` stands for the prefix of settings. */
  readonly rule: string;
}

const OIDC_KEYS = [
  'oidcIssuer',
  'oidcClientId',
  'oidcClientSecret',
  'oidcAudiences',
  'oidcUsernameClaim',
  'oidcGroupsClaim',
  'oidcAdminGroup',
  'oidcAdminUsername',
] as const;
/** What the user pool of a stack says itself. */
const SAID_BY_COGNITO = ['oidcIssuer', 'oidcClientId', 'oidcClientSecret', 'oidcGroupsClaim'] as const;
const EDGE_KEYS = ['domain', 'waf', 'webAclArn'] as const;

const ofUsers: readonly Combination[] = [
  {
    key: 'defaultPermission',
    isWrong: ({ auth }, given) => auth === 'iam' && given.defaultPermission !== undefined,
    rule: 'must go with {}auth=users or {}auth=oidc: with iam, whoever gets in may do everything',
  },
  ...OIDC_KEYS.map((key) => ({
    key,
    isWrong: ({ auth }: Settings, given: Given) => auth !== 'oidc' && given[key] !== undefined,
    rule: 'must go with {}auth=oidc',
  })),
  {
    key: 'cognito',
    isWrong: ({ auth, cognito }) => cognito === 'on' && auth !== 'oidc',
    rule: 'must go with {}auth=oidc',
  },
  {
    key: 'stage',
    isWrong: ({ stage, cognito }) => cognito === 'on' && /aws|amazon|cognito/.test(stage),
    rule: 'must not contain aws, amazon or cognito with {}cognito=on, which allows them in no address',
  },
  ...SAID_BY_COGNITO.map((key) => ({
    key,
    isWrong: ({ cognito }: Settings, given: Given) => cognito === 'on' && given[key] !== undefined,
    rule: 'must not go with {}cognito=on, which says it itself',
  })),
  {
    key: 'oidcIssuer',
    isWrong: ({ auth, cognito, oidcIssuer }) => auth === 'oidc' && cognito === 'off' && oidcIssuer === undefined,
    rule: 'must be given with {}auth=oidc, or {}cognito=on',
  },
  {
    key: 'oidcClientId',
    isWrong: ({ auth, cognito, oidcClientId }) => auth === 'oidc' && cognito === 'off' && oidcClientId === undefined,
    rule: 'must be given with {}auth=oidc, or {}cognito=on',
  },
  {
    key: 'oidcAdminGroup',
    isWrong: ({ auth, cognito, oidcAdminGroup, oidcAdminUsername }) =>
      auth === 'oidc' && cognito === 'off' && oidcAdminGroup === undefined && oidcAdminUsername === undefined,
    rule: 'or {}oidcAdminUsername must be given with {}auth=oidc: nobody would be an admin',
  },
  {
    key: 'publicOrigin',
    isWrong: ({ auth, web, cognito, domain, publicOrigin }) =>
      auth === 'oidc' && (web === 'on' || cognito === 'on') && domain === undefined && publicOrigin === undefined,
    rule:
      'or {}domain must be given with {}auth=oidc, for the provider sends browsers back there; without a domain of your own, ' +
      'deploy once with another {}auth and take the output DashboardUrl',
  },
  {
    key: 'publicOrigin',
    isWrong: ({ domain, publicOrigin }) => domain !== undefined && publicOrigin !== undefined,
    rule: 'must not go with {}domain, which says it',
  },
  {
    key: 'publicOrigin',
    isWrong: ({ auth, publicOrigin }) => auth === 'iam' && publicOrigin !== undefined,
    rule: 'must go with {}auth=users or {}auth=oidc',
  },
];

const ofTheEdge: readonly Combination[] = [
  {
    key: 'certificateArn',
    isWrong: ({ domain, certificateArn }) => (domain === undefined) !== (certificateArn === undefined),
    rule: 'and {}domain must go together',
  },
  {
    key: 'hostedZoneId',
    isWrong: ({ domain, hostedZoneId }) => domain === undefined && hostedZoneId !== undefined,
    rule: 'must go with {}domain',
  },
  ...EDGE_KEYS.map((key) => ({
    key,
    isWrong: (settings: Settings) => settings.web === 'off' && settings[key] !== undefined && settings[key] !== 'off',
    rule: 'must go with {}web=on: it is for the distribution',
  })),
  {
    key: 'webAclArn',
    isWrong: ({ waf, webAclArn }) => waf === 'on' && webAclArn !== undefined,
    rule: 'must not go with {}waf=on, which makes one',
  },
];

const ofOperations: readonly Combination[] = [
  {
    key: 'alarms',
    isWrong: ({ alarms, alarmEmail }) => alarms === 'off' && alarmEmail !== undefined,
    rule: 'must not be off with {}alarmEmail',
  },
  {
    key: 'monthlyBudget',
    isWrong: ({ monthlyBudget, alarmEmail }) => monthlyBudget !== undefined && alarmEmail === undefined,
    rule: 'must go with {}alarmEmail: it does nothing but write there',
  },
  {
    key: 'logLevel',
    isWrong: ({ logLevel, costReport, redaction }) => {
      const writesInfo =
        costReport === 'metrics' || costReport === 'both' || redaction === 'flag' || redaction === 'mask';
      return writesInfo && (logLevel === 'WARN' || logLevel === 'ERROR');
    },
    rule: 'must be INFO or DEBUG with {}costReport=metrics or both, and with {}redaction=flag or mask: they write such lines',
  },
];

/** What does not go together, in the order in which it is told. */
export const COMBINATIONS: readonly Combination[] = [...ofUsers, ...ofTheEdge, ...ofOperations];
