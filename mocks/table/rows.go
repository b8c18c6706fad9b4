package table

import (
	"encoding/json"
	"iter"
	"maps"
	"slices"

	"github.com/benbjohnson/immutable"
)

// rows are what a table keeps, and what can be done with it whatever its values are.
type rows struct {
	kept    *immutable.Map[string, any]
	changes *change // what was changed since the mark, nil where nobody wants to know
}

// get returns the value of key, nil where there is none.
func (r rows) get(key string) any {
	if r.kept == nil {
		return nil
	}
	value, _ := r.kept.Get(key)
	return value
}

func (r *rows) put(key string, value any) {
	if r.kept == nil {
		r.kept = immutable.NewMap[string, any](nil)
	}
	r.kept = r.kept.Set(key, value)
	r.note(key)
}

// Has tells whether there is a value of key.
func (r rows) Has(key string) bool { return r.get(key) != nil }

// Delete takes key out of this copy of the table; no value is no error.
func (r *rows) Delete(key string) {
	if r.kept != nil {
		r.kept = r.kept.Delete(key)
		r.note(key)
	}
}

// IsZero tells whether the table is empty, for encoding/json.
func (r rows) IsZero() bool { return r.Len() == 0 }

// Len is the number of keys.
func (r rows) Len() int {
	if r.kept == nil {
		return 0
	}
	return r.kept.Len()
}

// Keys returns the keys in alphabetical order.
func (r rows) Keys() []string {
	keys := make([]string, 0, r.Len())
	r.each(func(key string, _ any) bool { keys = append(keys, key); return true })
	slices.Sort(keys)
	return keys
}

// MarshalJSON writes the table as an object, keys in alphabetical order.
func (r rows) MarshalJSON() ([]byte, error) {
	plain := make(map[string]any, r.Len())
	r.each(func(key string, value any) bool { plain[key] = value; return true })
	return json.Marshal(plain)
}

// each goes over the rows in no particular order, until yield is content.
func (r rows) each(yield func(string, any) bool) {
	if r.kept == nil {
		return
	}
	for rows := r.kept.Iterator(); !rows.Done(); {
		if key, value, _ := rows.Next(); !yield(key, value) {
			return
		}
	}
}

// A change is a key that was put or deleted, and the change before it. The first
// one has no key: it is the mark, and knows the rows that were marked.
type change struct {
	key    string
	before *change
	marked *immutable.Map[string, any]
}

func (r rows) mark() rows {
	r.changes = &change{marked: r.kept}
	return r
}

func (r *rows) note(key string) {
	if r.changes != nil {
		r.changes = &change{key: key, before: r.changes}
	}
}

func differing(before, after rows, same func(a, b any) bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		if after.kept == before.kept {
			return
		}
		for key := range after.suspects(before) {
			was, is := before.get(key), after.get(key)
			if was == nil && is == nil || was != nil && is != nil && same(was, is) {
				continue
			}
			if !yield(key) {
				return
			}
		}
	}
}

// suspects are the keys that may differ.
func (r rows) suspects(before rows) iter.Seq[string] {
	keys := map[string]bool{}
	c := r.changes
	for ; c != nil && c.before != nil; c = c.before {
		keys[c.key] = true
	}
	if c == nil || c.marked != before.kept {
		for _, side := range []rows{before, r} {
			side.each(func(key string, _ any) bool { keys[key] = true; return true })
		}
	}
	return maps.Keys(keys)
}
