import { readFolder } from './division-folder.js';
import { importDivision } from './import-division.js';
import { addressesOf, peopleFileOf, ServiceRefused } from './service-client.js';

const HELP = `npm run division -- import FOLDER [--check]

Sets up a division (units, codes, accounts, calendar, policies, people's duties) from a folder of CSV files,
such as samples/us-august-2011/division. All or nothing: with one bad cell nothing is sent.
  --check   reads and checks the files only
建立一个区划：从 CSV 文件夹导入单位、代码、账户、日历、政策与人员职责；有一处错误则一概不导入。`;

/** Exit status: 0 done, 1 a service refused, 2 bad files or bad arguments. */
async function main(args: readonly string[]): Promise<number> {
  const [verb, path] = args.filter((arg) => !arg.startsWith('--'));
  if (args.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  if (verb !== 'import' || path === undefined) {
    console.error(HELP);
    return 2;
  }
  const { folder, faults } = await readFolder(path);
  if (faults.length > 0) {
    for (const { file, row, column, detail } of faults)
      console.error(
        [`${file}:${String(row)}`, column, `${detail.zh} ${detail.en}`]
          .filter((part) => part !== '')
          .join(': '),
      );
    console.error(
      `共 ${String(faults.length)} 处错误，未导入。${String(faults.length)} faults, nothing imported.`,
    );
    return 2;
  }
  const counts = Object.entries(folder).map(([name, rows]) => `${name} ${String(rows.length)}`);
  if (args.includes('--check')) {
    console.log(`no fault 无误: ${counts.join(', ')}`);
    return 0;
  }
  const peopleFile = peopleFileOf(process.env);
  await importDivision(folder, {
    addresses: addressesOf(process.env),
    ...(peopleFile === undefined ? {} : { peopleFile }),
    progress: (line) => {
      console.error(line);
    },
  });
  console.log(`imported 已导入: ${counts.join(', ')}`);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ServiceRefused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
