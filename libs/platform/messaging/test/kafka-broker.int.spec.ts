import { KafkaBroker } from '@guoku/messaging';
import { kafka } from '@guoku/testing';
import { promisesOfABroker } from './broker-contract.js';

describe('Kafka', () => {
  promisesOfABroker(async () => new KafkaBroker(await kafka()));
});
