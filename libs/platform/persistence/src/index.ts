export { dataSourceOf, type DataSourceSettings } from './data-source.js';
export { constraintOf, databaseIsAway, isConflict, sqlStateOf } from './database-error.js';
export { migrate, migrationsFrom, type Migration } from './migrations.js';
export { json, type Json, type Parameter, type Parameters } from './named-parameters.js';
export type { Session } from './session.js';
export { Transactor, type TransactionSettings } from './transactor.js';
export type { Rivalry, Turn } from './turn.js';
