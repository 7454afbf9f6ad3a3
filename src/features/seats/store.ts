export { defineSeats } from './tables.js';
