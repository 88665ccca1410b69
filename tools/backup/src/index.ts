export { databasesOf, type Database } from './databases.js';
export { restore } from './restore.js';
export { save } from './save.js';
