// Makes what the services find around them where it is missing: databases, roles, topics. For the compose profile, and
// for your own servers before `npm start -- --profile given`.
//
// Environment: DATABASE_ADMIN_URL (a superuser), DATABASE_URL_QUOTA, DATABASE_OWNER_URL_QUOTA, …, KAFKA_BROKERS.
import { createDatabase } from '../embedded/src/database.mjs';
import { databaseVariables, needed } from './src/given-profile.mjs';
import { tell } from './src/refused.mjs';
import { hideNegativeTimeouts } from './src/running.mjs';
import { SERVICES } from './src/services.mjs';
import { createTopics } from './src/topics.mjs';

/**
 * @param {URL} url
 * @returns {{ name: string, password: string }}
 */
function roleOf(url) {
  return { name: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
}

hideNegativeTimeouts();
try {
  const given = needed(['DATABASE_ADMIN_URL', 'KAFKA_BROKERS', ...databaseVariables()]);
  for (const { name } of SERVICES) {
    const service = new URL(given(`DATABASE_URL_${name.toUpperCase()}`));
    const owner = new URL(given(`DATABASE_OWNER_URL_${name.toUpperCase()}`));
    await createDatabase(given('DATABASE_ADMIN_URL'), {
      database: decodeURIComponent(service.pathname.slice(1)),
      owner: roleOf(owner),
      service: roleOf(service),
    });
    console.log(`database of ${name}: ready`);
  }
  await createTopics(given('KAFKA_BROKERS'));
  console.log('topics: ready');
} catch (error) {
  tell(error);
  process.exitCode = 1;
}
