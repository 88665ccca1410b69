export { fanPlot } from './plot.js';
