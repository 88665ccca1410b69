import { join } from 'node:path';

/**
 * Folder of the migrations for outbox, inbox and parked events; they run before a service's own.
 */
export const messagingMigrations = join(import.meta.dirname, 'migrations');
