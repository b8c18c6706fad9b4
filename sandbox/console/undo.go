package console

import (
	"context"
	"net/url"
	"reflect"
	"strconv"
	"sync"

	"example.com/netanswer/sandbox/world"
)

// The last changes that are remembered: so many of a world, of so many worlds.
const (
	keptChanges = 20
	keptWorlds  = 100
)

// A change is what a form has changed of a world's policy or texts.
type change struct {
	serial   int    // no two have the same
	said     string // what was changed, in words
	was, now arrangement
}

// An arrangement is some values of a policy and some texts, by name. An empty text
// is the table's own.
type arrangement struct {
	policy map[string]any
	texts  map[string]string
}

// arrangementOf is what a world has of the same names.
func arrangementOf(m world.Snapshot, names arrangement) arrangement {
	a := arrangement{policy: map[string]any{}, texts: map[string]string{}}
	values := policyValues(m.Policy)
	for name := range names.policy {
		a.policy[name] = values[name]
	}
	for id := range names.texts {
		a.texts[id], _ = m.Texts.Get(id)
	}
	return a
}

// changes are the last changes made by this console's forms. They are not kept with
// the world: whoever else changes the same values makes them void.
type changes struct {
	mu     sync.Mutex
	serial int
	worlds map[string][]change
}

func (c *changes) add(name string, made change) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.worlds == nil || len(c.worlds) >= keptWorlds && c.worlds[name] == nil {
		c.worlds = map[string][]change{}
	}
	c.serial++
	made.serial = c.serial
	all := append(c.worlds[name], made)
	c.worlds[name] = all[max(0, len(all)-keptChanges):]
}

// last is the last change of a world, if the world still is as it left it.
func (c *changes) last(m world.Snapshot) (change, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := c.worlds[m.Name]
	if len(all) == 0 {
		return change{}, false
	}
	made := all[len(all)-1]
	return made, reflect.DeepEqual(arrangementOf(m, made.now), made.now)
}

// forget drops a change that was taken back.
func (c *changes) forget(name string, made change) {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := c.worlds[name]
	if n := len(all); n > 0 && all[n-1].serial == made.serial {
		c.worlds[name] = all[:n-1]
	}
}

// undoView is the offer to take the last change back.
type undoView struct {
	Serial int
	Said   string
}

func (b *builder) undo() *undoView {
	made, ok := b.handler.changes.last(b.m)
	if !ok {
		return nil
	}
	return &undoView{made.serial, made.said}
}

func (f handler) undoForm(ctx context.Context, name string, form url.Values) error {
	m, err := f.control.Snapshot(ctx, name)
	if err != nil {
		return err
	}
	made, ok := f.changes.last(m)
	if !ok || strconv.Itoa(made.serial) != form.Get("undo") {
		return formError{text: "その変更は、もう取り消せません。そのあとで値が変わっています。"}
	}
	if _, err := f.arrange(ctx, name, made.was); err != nil {
		return err
	}
	f.changes.forget(name, made)
	return nil
}
