export {
  walkAccess,
  walkOwnApprovals,
  type AccessWalk,
  type OwnApproval,
  type Stranger,
  type TokenClaims,
} from './testing/access-walker.js';
export { walkAnswers, type AnswerWalk } from './testing/answer-walker.js';
export {
  endpointsOf,
  platformPublicEndpoints,
  publicEndpointsOf,
  type Endpoint,
} from './testing/contract.js';
export { Doors, type Asked, type CallOptions, type Reply } from './testing/doors.js';
export { missingTwins, walkTwins, type TwinWalk } from './testing/twin-walker.js';
