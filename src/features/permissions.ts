/*
 * Who may say and press what. One line for each command and each button of every feature; a test fails when one is
 * missing, and another reads this table as policy.
 */
import type { Permissions } from '../core/permission.js';

export const permissions: Permissions = {};
