// The embedded profile piece by piece, for tools that start it their own way.
export { openDataFolder } from './data-folder.mjs';
export {
  embeddedSurroundings,
  startBroker,
  startDatabases,
  startProvider,
} from './embedded-profile.mjs';
export { hideNegativeTimeouts } from './running.mjs';
export { choosePorts, SERVICES, toolEnvironment } from './services.mjs';
export { migrate, SERVICE_OPTIONS, serviceProgram, startService } from './start-services.mjs';
export { createTopics } from './topics.mjs';
export { ROOT } from './workspace.mjs';

/** @typedef {import('./embedded-profile.mjs').Place} Place */
/** @typedef {import('./running.mjs').Keeper} Keeper */
/** @typedef {import('./running.mjs').Running} Running */
/** @typedef {import('./services.mjs').Surroundings} Surroundings */
