export { Money, type MoneyFault, type MoneyReading } from './money.js';
