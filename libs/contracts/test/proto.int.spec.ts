import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CONTRACTS = join(import.meta.dirname, '..');
const BASELINE = join(CONTRACTS, 'proto.baseline.binpb');
const BUF = join(CONTRACTS, '../../node_modules/.bin/buf');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proto-'));
  await cp(join(CONTRACTS, 'buf.yaml'), join(folder, 'buf.yaml'));
  await cp(join(CONTRACTS, 'proto'), join(folder, 'proto'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

/** What buf has to say; nothing where all is well. */
function buf(...args: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(BUF, args, { cwd: folder }, (error, stdout, stderr) =>
      resolve(error ? `${stdout}${stderr}` : ''),
    );
  });
}

async function change(file: string, from: string, to: string): Promise<void> {
  const path = join(folder, 'proto/guoku', file);
  const text = await readFile(path, 'utf8');
  expect(text).toContain(from);
  await writeFile(path, text.replace(from, to));
}

const AMOUNT = 'string amount = 5;';

test('the proto files keep to buf’s standard, and a fault is found', async () => {
  expect(await buf('lint')).toBe('');
  await change('forecast/v1/flow.proto', AMOUNT, 'string Amount = 5;');
  expect(await buf('lint')).toContain('should be lower_snake_case');
}, 60_000);

test('nothing that a caller may rely on has gone or changed since the baseline', async () => {
  expect(await buf('breaking', '--against', BASELINE)).toBe('');
}, 60_000);

test.each([
  ['a field that goes', AMOUNT, '', 'was deleted'],
  ['a field of another type', AMOUNT, 'int64 amount = 5;', 'changed type'],
  ['a field of another number', AMOUNT, 'string amount = 9;', 'was deleted'],
  [
    'a method that goes',
    'rpc List(FlowServiceListRequest) returns (FlowServiceListResponse);',
    '',
    'RPC',
  ],
])(
  '%s is a break, and is found',
  async (_, from, to, told) => {
    await change('forecast/v1/flow.proto', from, to);
    expect(await buf('breaking', '--against', BASELINE)).toContain(told);
  },
  60_000,
);

test('a new optional field is none', async () => {
  await change('forecast/v1/flow.proto', AMOUNT, `${AMOUNT}\n  optional string note = 15;`);
  expect(await buf('breaking', '--against', BASELINE)).toBe('');
}, 60_000);
