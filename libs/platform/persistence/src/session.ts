import { driverError } from './database-error.js';
import { bind, type BoundStatement, type Parameters } from './named-parameters.js';

/**
 * One transaction on one connection, and the only way to SQL. It is handed to stores as an argument
 * and is of no use after its transaction has ended. Parameters are named (`:id`), never put into
 * the text.
 */
export interface Session {
  /**
   * All rows. Columns are aliased to camelCase in the statement (`select mof_div_code as
   * "mofDivCode"`).
   */
  rows<Row extends object>(sql: string, parameters?: Parameters): Promise<Row[]>;
  /** The one row, or undefined. Throws on more than one: then the statement is wrong. */
  one<Row extends object>(sql: string, parameters?: Parameters): Promise<Row | undefined>;
  /** Number of rows that were inserted, updated or deleted. */
  execute(sql: string, parameters?: Parameters): Promise<number>;
  /**
   * Wakes those who listen on the channel, after the commit and not as a part of it: NOTIFY inside
   * a transaction makes all commits of a server wait for one another. A crash in between loses it,
   * so that listeners must look by themselves too.
   */
  notify(channel: string): void;
}

/**
 * What a session needs of the driver's connection. Rows have the type their reader gives them:
 * nobody checks SQL.
 */
export interface Connection {
  query<Row>(statement: BoundStatement): Promise<{ rows: Row[]; rowCount: number | null }>;
}

/** The session of a transaction that a {@link Transactor} has begun on the runner's connection. */
export class OpenSession implements Session {
  readonly channels = new Set<string>();
  /**
   * The first statement the server refused. Its transaction can only be rolled back, even if the
   * work caught the error.
   */
  failure: Error | undefined;

  constructor(private readonly connection: Connection) {}

  async rows<Row extends object>(sql: string, parameters: Parameters = {}): Promise<Row[]> {
    const { rows } = await this.run<Row>(sql, parameters);
    return rows;
  }

  async one<Row extends object>(
    sql: string,
    parameters: Parameters = {},
  ): Promise<Row | undefined> {
    const { rows } = await this.run<Row>(sql, parameters);
    if (rows.length > 1) throw new Error(`one() was given ${rows.length} rows by: ${sql}`);
    return rows[0];
  }

  async execute(sql: string, parameters: Parameters = {}): Promise<number> {
    const { rowCount } = await this.run(sql, parameters);
    return rowCount ?? 0;
  }

  notify(channel: string): void {
    this.channels.add(channel);
  }

  private async run<Row extends object>(sql: string, parameters: Parameters) {
    // The driver prepares a named statement once per connection, which saves the server half of its
    // work.
    const statement = bind(sql, parameters);
    try {
      return await this.connection.query<Row>(statement);
    } catch (error) {
      const failure = driverError(error);
      this.failure ??= failure;
      throw failure;
    }
  }
}
