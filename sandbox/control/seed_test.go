package control_test

import (
	"strings"
	"testing"
)

func TestASeedIsPlanted(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	const seed = "worlds:\n  - name: demo\n    at:\n      - {place: passcode, member: 花子さん}\n  - name: plain\n"
	var made struct{ Worlds []string }
	s.call("PUT", "/api/seed", seed, 200, &made)
	if strings.Join(made.Worlds, " ") != "demo plain" {
		t.Errorf("made %q", made.Worlds)
	}
	if p := s.refused("PUT", "/api/seed", seed, 409, "world_exists"); len(p.Errors) != 1 || p.Errors[0].Field != "body line 2" {
		t.Errorf("again: %+v", p)
	}
	s.call("PUT", "/api/seed?replace=true", `{"worlds":[{"name":"demo"}]}`, 200, nil)
	var demo worldAnswer
	s.call("GET", "/api/worlds/demo", "", 200, &demo)
	if demo.Counts.Registrations != 0 {
		t.Errorf("replaced: %+v", demo.Counts)
	}
	s.refused("PUT", "/api/seed", strings.Replace(seed, "demo", "other", 1)+"    at: [{place: moon}]\n", 422, "seed_invalid")
	s.refused("GET", "/api/worlds/other/document", "", 404, "no_such_world")
	s.refused("PUT", "/api/seed", "#"+strings.Repeat("x", 1<<20), 413, "too_large")
}
