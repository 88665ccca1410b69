import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Tokens } from '../door/tokens.js';

/** What a stranger would still be sending is not waited for; it is not read either. */
const unread = { connection: 'close' };

/**
 * A body may be as large as 16 MB. It is not read before the token is known to be good; no public endpoint takes one.
 * The duties of the caller are looked at later, by the guard, which knows the use case.
 */
export function checkTokensBeforeBodies(app: NestFastifyApplication): void {
  const tokens = app.get(Tokens);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    try {
      await tokens.callerOf(request.headers.authorization);
    } catch (error) {
      reply.headers(unread);
      throw error;
    }
  });
}
