package control_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/control"
	"example.com/netanswer/sandbox/world"
)

func TestWrongPathAndWrongMethod(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.refused("GET", "/api/nothing", "", 404, "not_found")
	s.refused("GET", "/api/worlds/w/nothing", "", 404, "not_found")
	s.refused("POST", "/api/worlds", "{}", 405, "method_not_allowed")
	s.refused("DELETE", "/api/rules", "", 405, "method_not_allowed")
	if got := s.send(s.request("PUT", "/api/worlds/w/clock", "{}")); got.header.Get("Allow") != "GET, HEAD, PATCH" {
		t.Errorf("Allow is %q", got.header.Get("Allow"))
	}
}

// brokenStore cannot be read.
type brokenStore struct{ world.Store }

func (brokenStore) View(context.Context, string) (world.State, error) {
	return world.State{}, errors.New("disk on fire")
}

func TestAFailureHasAnIncidentNumberAndTellsNoMore(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, func(c *world.Config, _ *control.Config) { c.Store = brokenStore{} })
	p := s.refused("GET", "/api/worlds/w", "", 500, "internal")
	if !strings.Contains(p.Detail, "incident ") || strings.Contains(p.Detail, "fire") {
		t.Errorf("detail %q", p.Detail)
	}
	s.call("GET", "/healthz", "", 200, nil)
}
