export { walkAccess, type AccessWalk, type TokenClaims } from './access-walker.js';
export {
  endpointsOf,
  platformPublicEndpoints,
  publicEndpointsOf,
  type Endpoint,
} from './contract.js';
export { Doors, type Asked, type CallOptions, type Reply } from './doors.js';
export { missingTwins, walkTwins, type TwinWalk } from './twin-walker.js';
