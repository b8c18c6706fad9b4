// Package table is the map that the cores keep their data in. A Table is a
// plain value: copying it takes a snapshot, changing the copy leaves the
// original as it was. That makes a world's whole state a value, an update
// atomic, and a read free of locks.
//
// It is a thin layer over a hash array mapped trie; a look-up costs a few
// comparisons more than a built-in map, a snapshot costs nothing.
package table

import (
	"encoding/json"
	"iter"
)

// Table maps text keys to values. The zero Table is empty and ready to use.
// Values should be plain data: a pointer inside one is shared by all snapshots.
//
// Its methods are thin: what they do is compiled anew in every package that has
// to do with a table, for each type of value.
type Table[V any] struct{ rows }

// Get returns the value of key, and whether there is one.
func (t Table[V]) Get(key string) (V, bool) {
	value, ok := t.get(key).(V)
	return value, ok
}

// Put sets the value of key in this copy of the table.
func (t *Table[V]) Put(key string, value V) { t.put(key, value) }

// All goes over the rows in no particular order.
func (t Table[V]) All() iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		t.each(func(key string, value any) bool { return yield(key, value.(V)) })
	}
}

// Mark returns the table as one that remembers what is changed in it from now
// on, so that Differing need not look at the rest. What a table marked before had
// remembered is forgotten.
func Mark[V any](t Table[V]) Table[V] { return Table[V]{t.mark()} }

// Differing goes over the keys whose values are not the same in two tables, or
// are in one of them only, each once and in no particular order. Where after was
// made of before after a Mark, it looks at what was changed; else at all rows,
// unless the two tables are one.
func Differing[V any](before, after Table[V], same func(a, b V) bool) iter.Seq[string] {
	return differing(before.rows, after.rows, func(a, b any) bool { return same(a.(V), b.(V)) })
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (t *Table[V]) UnmarshalJSON(data []byte) error {
	var plain map[string]V
	if err := json.Unmarshal(data, &plain); err != nil {
		return err
	}
	*t = Table[V]{}
	for key, value := range plain {
		t.Put(key, value)
	}
	return nil
}
