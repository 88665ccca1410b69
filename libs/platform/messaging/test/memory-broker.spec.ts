import { MemoryBroker } from '@guoku/messaging';
import { promisesOfABroker } from './broker-contract.js';

describe('the broker in memory', () => {
  promisesOfABroker(async () => new MemoryBroker());
});
