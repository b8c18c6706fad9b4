package place_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/sandbox/place"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// TestEveryPlaceIsWrittenAndReadAgain has a registration at every place, and what
// led there.
func TestEveryPlaceIsWrittenAndReadAgain(t *testing.T) {
	t.Parallel()
	machine := func() time.Time { return noon }
	b := world.DefaultBounds()
	s, err := world.New(world.Config{Machine: machine, Bounds: b, Store: store.NewMemory(machine, b), Snapshots: store.NewSnapshots(b),
		Documents: store.Documents{}})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range place.All() {
		name := string(p.Channel) + "-" + p.Name
		put(t, s, name, place.Request{At: p.Name, Channel: p.Channel})
		written, err := s.Control().Export(t.Context(), name)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, _, err := s.Control().Import(t.Context(), name, written, false); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		again, err := s.Control().ExportKept(t.Context(), name)
		if err != nil || !bytes.Equal(written, again) {
			t.Errorf("%s: %v, written again it differs:\n%s", name, err, cmp.Diff(string(written), string(again)))
		}
	}
}
