package seed_test

import (
	"errors"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/seed"
)

// FuzzSeed plants what nobody means: each file is planted or refused with its place,
// and of one that is refused nothing is there.
func FuzzSeed(f *testing.F) {
	f.Add(whole)
	for _, edit := range [][2]string{
		{"running: false", "running: ~"}, {"passcode_digits: 8", "passcode_digits: -9223372036854775808"}, {"5分", "999999999999時間"},
		{"id: saburo", "id: ''"}, {"090-0000-2001", "'\x00'"}, {"member: 見本 三郎", "member: [見本]"}, {"by: 11m", "by: -11m"},
		{"times: 2", "times: 99999999999999999999"}, {"status: 503", "status: 99"}, {"name: demo", "name: &a demo"}, {"name: plain", "name: *a"},
		{"2026-12-01T09:00:00+09:00", "9999-12-31T23:59:59Z"}, {"confirm.heading", "confirm.heading: &a [*a]"}, {"worlds:", "worlds: !!binary"},
	} {
		f.Add(strings.Replace(whole, edit[0], edit[1], 1))
	}
	f.Add("worlds: [" + strings.Repeat("{name: a, at: [", 200))
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 10_000 {
			return
		}
		s := service(t)
		parsed, err := seed.Parse([]byte(text))
		if err == nil {
			_, err = parsed.Plant(t.Context(), s, machine, seed.Planting{})
		}
		if err == nil {
			return
		}
		if wrong := (*seed.Error)(nil); !errors.As(err, &wrong) {
			t.Errorf("it is told %T %v", err, err)
		}
		if worlds, err := s.Worlds(t.Context()); len(worlds) != 0 || err != nil {
			t.Errorf("refused, and there are %d worlds, %v", len(worlds), err)
		}
	})
}
