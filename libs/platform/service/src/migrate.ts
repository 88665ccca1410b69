import { join } from 'node:path';
import { messagingMigrations } from '@guoku/messaging';
import { migrate, migrationsFrom, type Migration } from '@guoku/persistence';
import { readMigrationConfig, type Environment } from './config.js';
import type { ServiceDefinition } from './definition.js';

/** Messaging's, the platform's, then the service's own; each is read in the order of its names. */
export function migrationsOf({ migrations }: Pick<ServiceDefinition, 'migrations'>): Migration[] {
  const folders = [messagingMigrations, join(import.meta.dirname, 'migrations'), migrations];
  return folders.flatMap(migrationsFrom);
}

/** Brings the service's database to the newest form, as its owner. @returns names of what was new */
export function migrateService(
  definition: ServiceDefinition,
  environment: Environment,
): Promise<string[]> {
  const { ownerUrl, serviceRole } = readMigrationConfig(environment);
  return migrate(ownerUrl, migrationsOf(definition), serviceRole);
}
