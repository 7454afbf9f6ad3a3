const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * Text as both engines keep it: without NUL, which PostgreSQL refuses, and with U+FFFD where half a character stood,
 * which the two would otherwise store differently. Whatever people or platforms send passes through here once.
 */
export const storable = (text: string): string => text.replaceAll('\0', '').replace(loneSurrogate, '\uFFFD');
