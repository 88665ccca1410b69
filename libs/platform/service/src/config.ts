import { createPrivateKey, generateKeyPairSync, hkdfSync, type KeyObject } from 'node:crypto';
import type { ServiceName } from '@guoku/contracts';

/** Everything that the environment says, read once at start and frozen. */
export class Config {
  readonly service!: ServiceName;
  readonly databaseUrl!: string;
  readonly kafkaBrokers!: readonly string[];
  /** Before the names of topics and groups, where several systems share a broker. */
  readonly kafkaPrefix!: string;
  readonly oidcIssuer!: string;
  readonly bindAddress!: string;
  readonly httpPort!: number;
  readonly grpcPort!: number;
  /** 32 bytes: encrypts accounts at rest. */
  readonly dataKey!: Buffer;
  /** Derived from the data key: signs cursors. */
  readonly cursorKey!: Buffer;
  /** Ed25519: signs the daily roots of the audit log. */
  readonly auditSigningKey!: KeyObject;
  readonly logLevel!: LogLevel;
  readonly otlpEndpoint!: string | null;
  /** The client with which this service calls others; null where it calls none. */
  readonly oidcClient!: { readonly id: string; readonly secret: string } | null;
  /** gRPC addresses of the services it calls, `host:port`. */
  readonly peers!: Readonly<Partial<Record<ServiceName, string>>>;

  constructor(values: { readonly [Setting in keyof Config]: Config[Setting] }) {
    Object.freeze(Object.assign(this, values));
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type Environment = Readonly<Record<string, string | undefined>>;

/** The one reader of the process's environment. */
export function ownEnvironment(): Environment {
  return { ...process.env };
}

/** Thrown with all faults of the environment, one a line; values are not shown, they may be secrets. */
export class ConfigFault extends Error {
  override readonly name = 'ConfigFault';

  constructor(readonly faults: readonly string[]) {
    super(`the environment cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/**
 * Reads the settings of a service.
 *
 * @param peers services it calls; their addresses and a client become mandatory
 * @throws ConfigFault with every fault at once
 */
export function readConfig(
  environment: Environment,
  service: ServiceName,
  peers: readonly ServiceName[] = [],
): Config {
  const reader = new Reader(environment);
  const dataKey = reader.read('DATA_KEY', dataKeySetting);
  const settings = {
    service,
    databaseUrl: reader.read('DATABASE_URL', postgresUrl),
    kafkaBrokers: reader.read('KAFKA_BROKERS', addresses),
    kafkaPrefix: reader.optional('KAFKA_PREFIX', text) ?? '',
    oidcIssuer: reader.read('OIDC_ISSUER', webUrl),
    bindAddress: reader.optional('BIND_ADDRESS', text) ?? '127.0.0.1',
    httpPort: reader.read('HTTP_PORT', port),
    grpcPort: reader.read('GRPC_PORT', port),
    dataKey,
    cursorKey: Buffer.from(hkdfSync('sha256', dataKey, '', 'guoku cursors', 32)),
    auditSigningKey: reader.read('AUDIT_SIGNING_KEY', signingKey),
    logLevel: reader.optional('LOG_LEVEL', logLevel) ?? 'info',
    otlpEndpoint: reader.optional('OTEL_EXPORTER_OTLP_ENDPOINT', webUrl) ?? null,
    oidcClient: peers.length === 0 ? null : clientFrom(reader),
    peers: Object.fromEntries(
      peers.map((peer) => [peer, reader.read(`${peer.toUpperCase()}_GRPC`, address)]),
    ),
  };
  reader.finish();
  return new Config(settings);
}

/** What the migration job needs, and nothing else. */
export function readMigrationConfig(environment: Environment): {
  readonly ownerUrl: string;
  readonly serviceRole: string;
} {
  const reader = new Reader(environment);
  const ownerUrl = reader.read('DATABASE_OWNER_URL', postgresUrl);
  const serviceUrl = reader.read('DATABASE_URL', postgresUrl);
  reader.finish();
  return { ownerUrl, serviceRole: decodeURIComponent(new URL(serviceUrl).username) };
}

/** How one kind of setting is written. */
interface Form<T> {
  readonly form: string;
  /** Undefined where the text is not of this form. */
  readonly parse: (text: string) => T | undefined;
  /** Stands in for what could not be read until all faults are gathered; never leaves this file. */
  readonly blank: () => T;
}

class Reader {
  private readonly faults: string[] = [];

  constructor(private readonly environment: Environment) {}

  read<T>(name: string, setting: Form<T>): T {
    if (!this.environment[name]) this.faults.push(`${name} is missing (${setting.form})`);
    return this.optional(name, setting) ?? setting.blank();
  }

  optional<T>(name: string, { form, parse }: Form<T>): T | undefined {
    const given = this.environment[name];
    if (!given) return undefined;
    const value = parse(given);
    if (value === undefined) this.faults.push(`${name} is not ${form}`);
    return value;
  }

  finish(): void {
    if (this.faults.length > 0) throw new ConfigFault(this.faults);
  }
}

const text: Form<string> = { form: 'text', parse: (given) => given, blank: () => '' };

function urlOf(given: string, protocols: readonly string[]): URL | undefined {
  const url = URL.parse(given);
  return url !== null && protocols.includes(url.protocol) ? url : undefined;
}

const postgresUrl: Form<string> = {
  form: 'a URL postgres://role:password@host:port/database',
  parse: (given) => {
    const url = urlOf(given, ['postgres:', 'postgresql:']);
    return url !== undefined && url.username !== '' && url.pathname.length > 1 ? given : undefined;
  },
  blank: () => 'postgres://nobody@localhost/none',
};

const webUrl: Form<string> = {
  form: 'an http or https URL',
  parse: (given) => (urlOf(given, ['http:', 'https:']) ? given.replace(/\/$/, '') : undefined),
  blank: () => '',
};

const addressForm = /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9_.-]+):([0-9]{1,5})$/;

const address: Form<string> = {
  form: 'an address host:port',
  parse: (given) => (addressForm.test(given) ? given : undefined),
  blank: () => '',
};

const addresses: Form<readonly string[]> = {
  form: 'addresses host:port, separated by commas',
  parse: (given) => {
    const list = given.split(',').map((one) => one.trim());
    return list.every((one) => addressForm.test(one)) ? list : undefined;
  },
  blank: () => [],
};

const port: Form<number> = {
  form: 'a port from 1 to 65535',
  parse: (given) => {
    const number = /^[0-9]{1,5}$/.test(given) ? Number(given) : 0;
    return number >= 1 && number <= 65_535 ? number : undefined;
  },
  blank: () => 0,
};

const dataKeySetting: Form<Buffer> = {
  form: '32 bytes in base64',
  parse: (given) => {
    const key = Buffer.from(given, 'base64');
    return key.length === 32 && key.toString('base64') === given ? key : undefined;
  },
  blank: () => Buffer.alloc(32),
};

const signingKey: Form<KeyObject> = {
  form: 'an Ed25519 private key (PKCS8 PEM) in base64',
  parse: (given) => {
    try {
      const key = createPrivateKey(Buffer.from(given, 'base64'));
      return key.asymmetricKeyType === 'ed25519' ? key : undefined;
    } catch {
      return undefined;
    }
  },
  blank: () => generateKeyPairSync('ed25519').privateKey,
};

const logLevel: Form<LogLevel> = {
  form: `one of ${LOG_LEVELS.join(', ')}`,
  parse: (given) => LOG_LEVELS.find((level) => level === given),
  blank: () => 'info',
};

function clientFrom(reader: Reader): { readonly id: string; readonly secret: string } {
  return {
    id: reader.read('OIDC_CLIENT_ID', text),
    secret: reader.read('OIDC_CLIENT_SECRET', text),
  };
}
