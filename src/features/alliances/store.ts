export { defineAlliances } from './tables.js';
