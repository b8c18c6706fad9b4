package table

import (
	"iter"

	"github.com/benbjohnson/immutable"
)

// A change is a key that was put or deleted, and the change before it. The first
// one has no key: it is the mark, and knows the rows that were marked.
type change[V any] struct {
	key    string
	before *change[V]
	marked *immutable.Map[string, V]
}

// Mark returns the table as one that remembers what is changed in it from now
// on, so that Differing need not look at the rest. What a table marked before had
// remembered is forgotten.
func (t Table[V]) Mark() Table[V] {
	t.changes = &change[V]{marked: t.rows}
	return t
}

func (t *Table[V]) note(key string) {
	if t.changes != nil {
		t.changes = &change[V]{key: key, before: t.changes}
	}
}

// Differing goes over the keys whose values are not the same in two tables, or
// are in one of them only, each once and in no particular order. Where t was made
// of before after a Mark, it looks at what was changed; else at all rows, unless
// the two tables are one.
func (t Table[V]) Differing(before Table[V], same func(a, b V) bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		if t.rows == before.rows {
			return
		}
		differs := func(key string) bool {
			was, there := before.Get(key)
			is, here := t.Get(key)
			return there != here || there && !same(was, is)
		}
		for key := range t.suspects(before) {
			if differs(key) && !yield(key) {
				return
			}
		}
	}
}

// suspects are the keys that may differ.
func (t Table[V]) suspects(before Table[V]) iter.Seq[string] {
	keys := map[string]bool{}
	c := t.changes
	for ; c != nil && c.before != nil; c = c.before {
		keys[c.key] = true
	}
	if c == nil || c.marked != before.rows {
		for _, side := range []Table[V]{before, t} {
			for key := range side.All() {
				keys[key] = true
			}
		}
	}
	return func(yield func(string) bool) {
		for key := range keys {
			if !yield(key) {
				return
			}
		}
	}
}
