package console

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"

	"example.com/netanswer/sandbox/world"
)

// undoView is the offer to take the last change back.
type undoView struct {
	Serial string
	Said   string // what was changed, in words
}

func (b *builder) undo() *undoView {
	made, serial, ok := b.m.LastChange()
	if !ok {
		return nil
	}
	return &undoView{serial, saidOf(made)}
}

// saidOf is a change in words.
func saidOf(made world.Change) string {
	var said []string
	for _, name := range slices.Sorted(maps.Keys(made.Now.Policy)) {
		from, to := policyText(name, plain(made.Was.Policy[name])), policyText(name, plain(made.Now.Policy[name]))
		said = append(said, policyLabel(name)+": "+chosen(name, from)+" → "+chosen(name, to))
	}
	for _, id := range slices.Sorted(maps.Keys(made.Now.Texts)) {
		said = append(said, "文 "+id)
	}
	return strings.Join(said, "、")
}

// plain is a value of a policy as policyText takes it.
func plain(value json.RawMessage) (v any) {
	if err := json.Unmarshal(value, &v); err != nil {
		return string(value)
	}
	return v
}

func (f handler) undoForm(ctx context.Context, name string, form url.Values) error {
	err := f.control.TakeBack(ctx, name, form.Get("undo"))
	if errors.Is(err, world.ErrChange) {
		return formError{text: "その変更は、もう取り消せません。そのあとで値が変わっています。"}
	}
	return err
}
