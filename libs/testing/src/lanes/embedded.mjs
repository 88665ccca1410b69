// The servers of the embedded profile. They die with jest, whatever kills it.
import { join } from 'node:path';
import { freePorts, startKafka, startPostgres } from '@guoku/tool-embedded';
import { enterFolder, leaveFolder } from './folder.mjs';

/** @type {import('../global-setup.mjs').Lane} */
export const embedded = {
  async postgres() {
    const [port = 0] = await freePorts(1);
    const server = await startPostgres({
      folder: join(enterFolder(), 'postgres'),
      port,
      settings: { max_connections: '200' },
    });
    return {
      answer: { url: server.url },
      async stop() {
        await server.stop();
        leaveFolder();
      },
    };
  },
  async kafka() {
    const [port = 0, controllerPort = 0] = await freePorts(2);
    const folder = join(enterFolder(), 'kafka');
    const server = await startKafka({ folder, port, controllerPort });
    return {
      answer: { brokers: server.brokers },
      async stop() {
        await server.stop();
        leaveFolder();
      },
    };
  },
};
