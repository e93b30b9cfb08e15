/** Raised when an old screen could misread a new server. A screen of another version reloads itself. */
export const PROTOCOL_VERSION = 1;
