import type { IncomingHttpHeaders } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Given } from '../platform.module.js';
import { inTrace } from '../trace.js';

/** A batch of some ten thousand lines; nothing reads more at once. */
export const bodyBytesMax = 16 * 1024 * 1024;

/** Fastify with our limits; each call in its trace, counted, and told in one line. */
export function fastifyAdapter({ log, metrics, readiness }: Given): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: bodyBytesMax,
    logger: false,
    // Connections that stay open for a next call must not keep a service from stopping.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  });
  const fastify = adapter.getInstance();
  // JSON and files of rows; anything else is 415.
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser('text/csv', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store');
    const { traceparent } = request.headers;
    if (isWithoutBody(request.headers)) delete request.headers['content-type'];
    inTrace(typeof traceparent === 'string' ? traceparent : undefined, done);
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    // The connection would stay open for a next call, and the stop would wait for it.
    if (readiness.state === 'stopping') reply.header('connection', 'close');
    done(null, payload);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const operation = `${request.method} ${request.routeOptions.url ?? 'unknown'}`;
    metrics.call('rest', operation, reply.statusCode, reply.elapsedTime);
    log.call({ transport: 'rest', operation, status: reply.statusCode, tookMs: reply.elapsedTime });
    done();
  });
  return adapter;
}

/** Clients name a content type for every POST; where there is no content, there is nothing to read. */
function isWithoutBody(headers: IncomingHttpHeaders): boolean {
  const length = headers['content-length'] ?? '0';
  return headers['transfer-encoding'] === undefined && length === '0';
}
