import pg from 'pg';
import { DataSource, type Logger } from 'typeorm';

export interface DataSourceSettings {
  /** Shown in pg_stat_activity; by default `guoku`. */
  readonly applicationName?: string;
  /** Connections at most; by default 10. A transaction never needs a second one. */
  readonly poolSize?: number;
  /** A statement that runs longer is cancelled; in milliseconds, by default 30 000, 0 for never. */
  readonly statementTimeoutMs?: number;
}

const OID = {
  textArray: 1009,
  date: 1082,
  timestamptz: 1184,
  dateArray: 1182,
  timestamptzArray: 1185,
  numericArray: 1231,
};

/**
 * `2026-11-24 02:03:04.5+00`, as a session in UTC prints it, becomes RFC 3339 with all its
 * microseconds.
 */
function instantText(text: string): string {
  return text.replace(' ', 'T').replace(/\+00$/, 'Z');
}

const parserOf: (oid: number, format?: 'text' | 'binary') => (text: string) => unknown =
  pg.types.getTypeParser;
const textArrayOf: (oid: number) => (text: string) => (string | null)[] = pg.types.getTypeParser;
const textArray = textArrayOf(OID.textArray);

const parsers = new Map<number, (text: string) => unknown>([
  // A day is text: a Date would move it by the machine's time zone.
  [OID.date, (text) => text],
  [OID.timestamptz, instantText],
  [OID.dateArray, textArray],
  [OID.timestamptzArray, (text) => textArray(text).map((item) => item && instantText(item))],
  // The driver's own parser of this one makes floats.
  [OID.numericArray, textArray],
]);

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): ((text: string) => unknown) =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? parserOf(oid, format),
};

/**
 * Whatever goes wrong is thrown and told by whoever catches it; TypeORM's own lines would hold
 * statements and values.
 */
const silent: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

/**
 * A pool of connections to one database, not yet connected. numeric and int8 arrive as text (no
 * float, no lost digit), date as `YYYY-MM-DD`, timestamptz as RFC 3339 text in UTC, json and jsonb
 * parsed.
 *
 * @param url postgres://role:password@host:port/database
 */
export function dataSourceOf(url: string, settings: DataSourceSettings = {}): DataSource {
  const { applicationName = 'guoku', poolSize = 10, statementTimeoutMs = 30_000 } = settings;
  return new DataSource({
    type: 'postgres',
    url,
    applicationName,
    poolSize,
    connectTimeoutMS: 10_000,
    installExtensions: false,
    synchronize: false,
    logger: silent,
    extra: {
      types,
      options: '-c TimeZone=UTC -c DateStyle=ISO',
      statement_timeout: statementTimeoutMs,
      // A transaction whose process hangs must not keep its locks.
      idle_in_transaction_session_timeout: 60_000,
      keepAlive: true,
    },
  });
}
