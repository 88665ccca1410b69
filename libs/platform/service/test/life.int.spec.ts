import { connect } from 'node:net';
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { loadSync, type MethodDefinition } from '@grpc/proto-loader';
import { protoPath as healthProto } from 'grpc-health-check';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { eventually } from '@guoku/testing';
import { Running } from './running.js';

let running: Running;
beforeEach(async () => {
  running = await Running.start();
});
afterEach(() => running.stop());

const reflectionProto = join(
  createRequire(import.meta.url).resolve('@grpc/reflection/package.json'),
  '../build/proto/grpc/reflection/v1/reflection.proto',
);

type Method = MethodDefinition<object, object>;

function methodOf(proto: string, service: string, name: string): Method {
  const definition = loadSync(proto, { enums: String })[service];
  if (definition === undefined || 'format' in definition) throw new Error(`no ${service}`);
  const method = definition[name];
  if (method === undefined) throw new Error(`no ${service}/${name}`);
  return method;
}

async function health(): Promise<object> {
  const method = methodOf(healthProto, 'grpc.health.v1.Health', 'Check');
  const client = new Client(running.grpcAddress, credentials.createInsecure());
  try {
    return await new Promise((resolve, reject) => {
      const done = (error: ServiceError | null, answer?: object) =>
        error ? reject(error) : resolve(answer ?? {});
      client.makeUnaryRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        {},
        new Metadata(),
        done,
      );
    });
  } finally {
    client.close();
  }
}

async function reflectedServices(): Promise<unknown> {
  const name = 'ServerReflectionInfo';
  const method = methodOf(reflectionProto, 'grpc.reflection.v1.ServerReflection', name);
  const client = new Client(running.grpcAddress, credentials.createInsecure());
  try {
    const stream = client.makeBidiStreamRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
    );
    const answer = new Promise((resolve, reject) => stream.on('data', resolve).on('error', reject));
    stream.write({ listServices: '*' });
    const seen = await answer;
    stream.end();
    return seen;
  } finally {
    client.close();
  }
}

test('health, readiness, figures, gRPC health and reflection ask for no token', async () => {
  expect(await (await fetch(`${running.url}/health`)).json()).toEqual({ status: 'alive' });
  expect(await (await fetch(`${running.url}/ready`)).json()).toEqual({ status: 'ready' });
  expect(await health()).toEqual({ status: 'SERVING' });
  expect(await reflectedServices()).toMatchObject({
    listServicesResponse: {
      service: expect.arrayContaining([
        { name: 'guoku.example.v1.NoteService' },
        { name: 'guoku.platform.v1.AuditService' },
      ]),
    },
  });
});

test('calls of both doors are counted by operation and status', async () => {
  await running.doors.rest('NoteService.List');
  await running.doors.grpc('NoteService.List');
  const figures = await (await fetch(`${running.url}/metrics`)).text();
  expect(figures).toContain('process_resident_memory_bytes');
  expect(figures).toContain(
    'guoku_call_duration_seconds_count{transport="rest",operation="GET /v1/notes",status="401"} 1',
  );
  expect(figures).toContain(
    'guoku_call_duration_seconds_count{transport="grpc",operation="/guoku.example.v1.NoteService/List",status="16"} 1',
  );
});

test('without its database a service is alive but not ready, and says why a call fails', async () => {
  const token = await running.token();
  await running.doors.rest('NoteService.List', {}, { token });
  await running.database.drop();
  expect((await fetch(`${running.url}/health`)).status).toBe(200);
  expect((await fetch(`${running.url}/ready`)).status).toBe(503);
});

test.each(['rest', 'grpc'] as const)(
  'a stop finishes what is in hand through %s, and takes nothing more',
  async (door) => {
    const token = await running.token();
    let open = (): void => undefined;
    running.notes.gate = new Promise((done) => (open = done));
    const body = { amount: '1.00', day: '2026-03-09', urgent: false };
    const inHand = running.doors[door]('NoteService.Enter', { body }, { token });
    await eventually(() => expect(running.notes.runs).toBe(1));

    let stopped = false;
    const stopping = running.service.stop().then(() => (stopped = true));
    await eventually(() => expect(connects(running.url)).resolves.toBe(false));
    expect(stopped).toBe(false);
    open();
    expect(await inHand).toMatchObject({ ok: true });
    await stopping;
    expect(await running.rows('select amount from note')).toEqual([{ amount: '1.00' }]);
  },
);

function connects(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
