export { definePeople } from './tables.js';
