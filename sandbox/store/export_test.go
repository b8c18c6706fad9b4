package store

// Explained says what to do about an error of SQLite's.
var Explained = explained
