import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFolder } from '../src/division-folder.js';
import { importBodies } from '../src/import-bodies.js';

const SAMPLE = join(import.meta.dirname, '../../../samples/us-august-2011/division');

describe('the folder of a division', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'division-'));
    await cp(SAMPLE, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function change(file: string, from: string, to: string) {
    const text = await readFile(join(folder, file), 'utf8');
    expect(text).toContain(from);
    await writeFile(join(folder, file), text.replace(from, to));
  }

  it('of the sample has no fault', async () => {
    const { faults, folder: read } = await readFolder(folder);
    expect(faults).toEqual([]);
    expect(read.units).toHaveLength(60);
    expect(importBodies(read).payment.policies).toHaveLength(1);
  });

  it.each([
    ['units.csv', ',02\n', ',77\n', 'mofDepCode', '"77" is not in sections.csv'],
    ['pools.csv', '0.00,0.00', '0.001,0.00', 'floor', 'must look like 1234.50, is "0.001"'],
    ['accounts.csv', 'toc,', ',', 'accountCode', 'must look like 101001, is ""'],
    ['division.csv', ',us', ',mars', 'calendar', 'must be one of cn, us, weekdays, is "mars"'],
    ['units.csv', '102001,', '101001,', 'agencyCode', '"101001" stands already on line 2'],
    ['sections.csv', 'nameEn', 'name', 'nameEn', 'this column is missing'],
  ])('%s: %j instead of %j is named by line and column', async (file, from, to, column, en) => {
    await change(file, from, to);
    const { faults } = await readFolder(folder);
    expect(faults).toContainEqual(
      expect.objectContaining({ file, column, detail: expect.objectContaining({ en }) }),
    );
  });

  it('may say who signs plans by amount; a signer without the duty is named', async () => {
    const rows = [
      'effectiveFrom,step,above,signers,titleZh,titleEn',
      '2011-08-01,1,0.00,,科长,section chief',
      '2011-08-01,2,1000000000.00,treasury-chief-1 cashier-1,局长,director',
    ];
    await writeFile(join(folder, 'approvals.csv'), rows.join('\n'));
    const { faults, folder: read } = await readFolder(folder);
    expect(faults).toMatchObject([{ file: 'approvals.csv', row: 3, column: 'signers' }]);
    expect(importBodies(read).payment.approvalChains).toMatchObject([
      {
        effectiveFrom: '2011-08-01',
        steps: [
          { step: 1, signers: [] },
          { step: 2, above: '1000000000.00', signers: ['treasury-chief-1', 'cashier-1'] },
        ],
      },
    ]);
  });

  it('names a missing file', async () => {
    await rm(join(folder, 'people.csv'));
    const { faults } = await readFolder(folder);
    expect(faults.map(({ file, row }) => [file, row])).toContainEqual(['people.csv', 0]);
  });
});
