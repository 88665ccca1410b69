export {
  walkAccess,
  walkOwnApprovals,
  type AccessWalk,
  type OwnApproval,
  type Stranger,
  type TokenClaims,
} from './testing/access-walker.js';
export { walkAnswers, type AnswerWalk } from './testing/answer-walker.js';
export { databaseChecksum, type AskDatabase } from './testing/checksum.js';
export {
  endpointsOf,
  platformPublicEndpoints,
  publicEndpointsOf,
  type Endpoint,
} from './testing/contract.js';
export { Doors, type Asked, type CallOptions, type Reply } from './testing/doors.js';
export { walkDryRuns, type DryRunWalk } from './testing/dry-run-walker.js';
export { parkEvent } from './testing/parked.js';
export { walkSorts, type SortWalk } from './testing/sort-walker.js';
export { missingTwins, walkTwins, type TwinWalk } from './testing/twin-walker.js';
