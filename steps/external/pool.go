package external

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"

	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/target"
)

// A pool has members that nobody has used, for an implementation that nothing puts
// back: each scenario takes others. Who is used up is noted in a file, so that the
// next run goes on with those that are left.
type pool struct {
	file string

	mu     sync.Mutex
	spares map[string][]target.Member // by whom of the scenarios they stand for; who is alone is not used up
	size   map[string]int
	used   map[string]bool
}

// openPool is the pool of a file, nil where members are put back.
func openPool(t target.Target) (*pool, error) {
	if t.Reset == nil || t.Reset.Used == "" {
		return nil, nil
	}
	p := &pool{file: t.Copies()[0].Reset.Used, spares: map[string][]target.Member{}, size: map[string]int{}, used: map[string]bool{}}
	noted, err := os.ReadFile(p.file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("reset の used を読めません: %w", err)
	}
	for _, mark := range strings.Fields(string(noted)) {
		p.used[mark] = true
	}
	for as, m := range t.Cast() {
		all := m.Spares()
		if len(all) == 1 {
			continue
		}
		p.size[as] = len(all)
		p.spares[as] = slices.DeleteFunc(all, func(m target.Member) bool { return p.used[markOf(m)] })
	}
	return p, nil
}

// markOf is how a member is noted, from which no card can be read.
func markOf(m target.Member) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(m.Called+" "+m.All()[0].Card+" "+m.Phone+" "+m.Email)))[:24]
}

// cast is the cast of a scenario: of whom it speaks, somebody that nobody has used.
func (p *pool) cast(all map[string]actor.Person, text string) (map[string]actor.Person, error) {
	if p == nil {
		return all, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	cast := maps.Clone(all)
	var taken []string
	for _, as := range slices.Sorted(maps.Keys(p.size)) {
		if !strings.Contains(text, as) {
			continue
		}
		if len(p.spares[as]) == 0 {
			return nil, notAsked("%sの代わりになる会員が残っていません（pool の%d人は使い終えました）。新しい会員を pool に足すか、元に戻してから %s を消してください", as, p.size[as], p.file)
		}
		taken = append(taken, as)
	}
	for _, as := range taken {
		m := p.spares[as][0]
		cast[as] = personOf(as, m)
		p.spares[as] = p.spares[as][1:]
		if err := p.note(markOf(m)); err != nil {
			return nil, err
		}
	}
	return cast, nil
}

// left tells how many are left of each.
func (p *pool) left() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []string
	for _, as := range slices.Sorted(maps.Keys(p.size)) {
		all = append(all, fmt.Sprintf("%s %d/%d人", as, len(p.spares[as]), p.size[as]))
	}
	return "まだ使っていない会員は " + strings.Join(all, "、")
}

func (p *pool) note(mark string) error {
	p.used[mark] = true
	f, err := os.OpenFile(p.file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("reset の used に書けません: %w", err)
	}
	_, err = f.WriteString(mark + "\n")
	return errors.Join(err, f.Close())
}
