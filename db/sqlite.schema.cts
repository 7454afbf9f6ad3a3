import declared = require('./declared.js');

// drizzle-kit reads a module's exports: these are computed, so that a new feature changes nothing here.
export = declared.declaredTables('sqlite');
