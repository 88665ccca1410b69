export { readFolder, type Folder } from './division-folder.js';
export { importDivision } from './import-division.js';
export {
  addressesOf,
  peopleFileOf,
  ServiceClient,
  ServiceRefused,
  type Addresses,
  type ServiceName,
} from './service-client.js';
export { cells, readTable, type CellFault, type Columns, type RowOf } from './csv-table.js';
