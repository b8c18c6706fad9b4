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
	"sort"

	"github.com/benbjohnson/immutable"
)

// Table maps text keys to values. The zero Table is empty and ready to use.
// Values should be plain data: a pointer inside one is shared by all snapshots.
type Table[V any] struct {
	rows    *immutable.Map[string, V]
	changes *change[V] // what was changed since Mark, nil where nobody wants to know
}

// Get returns the value of key, and whether there is one.
func (t Table[V]) Get(key string) (V, bool) {
	if t.rows == nil {
		var zero V
		return zero, false
	}
	return t.rows.Get(key)
}

// Has tells whether there is a value of key.
func (t Table[V]) Has(key string) bool {
	_, ok := t.Get(key)
	return ok
}

// Put sets the value of key in this copy of the table.
func (t *Table[V]) Put(key string, value V) {
	if t.rows == nil {
		t.rows = immutable.NewMap[string, V](nil)
	}
	t.rows = t.rows.Set(key, value)
	t.note(key)
}

// Delete takes key out of this copy of the table; no value is no error.
func (t *Table[V]) Delete(key string) {
	if t.rows != nil {
		t.rows = t.rows.Delete(key)
		t.note(key)
	}
}

// Len is the number of keys.
func (t Table[V]) Len() int {
	if t.rows == nil {
		return 0
	}
	return t.rows.Len()
}

// Keys returns the keys in alphabetical order.
func (t Table[V]) Keys() []string {
	keys := make([]string, 0, t.Len())
	for key := range t.All() {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// All goes over the rows in no particular order.
func (t Table[V]) All() iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		if t.rows == nil {
			return
		}
		for rows := t.rows.Iterator(); !rows.Done(); {
			if key, value, _ := rows.Next(); !yield(key, value) {
				return
			}
		}
	}
}

// MarshalJSON writes the table as an object, keys in alphabetical order.
func (t Table[V]) MarshalJSON() ([]byte, error) {
	plain := make(map[string]V, t.Len())
	for key, value := range t.All() {
		plain[key] = value
	}
	return json.Marshal(plain)
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
