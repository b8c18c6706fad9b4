package world_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/world"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, clock.Japan)

func TestAWorldIsADocument(t *testing.T) {
	s := service(t)
	journey(t, s, "w")
	m, err := s.Snapshot(t.Context(), "w")
	if err != nil {
		t.Fatal(err)
	}
	written := document(t, m.State)
	var read world.State
	if err := json.Unmarshal([]byte(written), &read); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(written, document(t, read)); diff != "" {
		t.Errorf("(-written +read again)\n%s", diff)
	}
}

func document(t *testing.T, s world.State) string {
	t.Helper()
	data, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
