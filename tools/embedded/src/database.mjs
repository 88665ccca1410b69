/**
 * Makes a service's database with its two roles, where they are missing: the owner, which migrates, and the service's
 * own, which may connect and see the schema and gets every further right from the migrations.
 *
 * @param {string} adminUrl of a superuser
 * @param {object} service
 * @param {string} service.database
 * @param {{ name: string, password: string }} service.owner
 * @param {{ name: string, password: string }} service.service
 */
export async function createDatabase(adminUrl, { database, owner, service }) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    for (const role of [owner, service]) {
      const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [
        role.name,
      ]);
      const verb = rowCount ? 'alter' : 'create';
      const name = client.escapeIdentifier(role.name);
      await client.query(
        `${verb} role ${name} login password ${client.escapeLiteral(role.password)}`,
      );
    }
    const name = client.escapeIdentifier(database);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [
      database,
    ]);
    if (!rowCount) {
      await client.query(`create database ${name} owner ${client.escapeIdentifier(owner.name)}`);
      await client.query(`revoke all on database ${name} from public`);
      await client.query(
        `grant connect on database ${name} to ${client.escapeIdentifier(service.name)}`,
      );
    }
  } finally {
    await client.end();
  }
}
