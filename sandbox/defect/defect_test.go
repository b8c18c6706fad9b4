package defect_test

import (
	"regexp"
	"testing"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/defect"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

func TestEveryDefectBreaksARuleOfTheRegister(t *testing.T) {
	rules, err := fixtures.Rules()
	if err != nil {
		t.Fatal(err)
	}
	known, seen := map[string]bool{}, map[string]bool{}
	for _, r := range rules {
		known[r.ID] = true
	}
	name := regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`)
	for _, d := range defect.All() {
		if !name.MatchString(d.Name) || seen[d.Name] || d.Says == "" || len(d.Rules) == 0 {
			t.Errorf("defect %q: its name, words and rules must be there, and its name once", d.Name)
		}
		seen[d.Name] = true
		for _, id := range d.Rules {
			if !known[id] {
				t.Errorf("defect %s: rule %s is not in the register", d.Name, id)
			}
		}
		if d.Entered == nil && d.Shown == nil && d.Rule == nil && d.Command == nil && d.Ports == nil {
			t.Errorf("defect %s breaks nothing", d.Name)
		}
	}
}

// service is a sandbox's service whose clock stands still.
func service(t *testing.T, defects []world.Defect) *world.Service {
	t.Helper()
	noon := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	machine := func() time.Time { return noon }
	s, err := world.New(
		world.Config{
			Machine: machine,
			Bounds:  world.DefaultBounds(),
			Store:   store.NewMemory(machine, world.DefaultBounds()),
			Defects: defects,
		},
	)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestADefectHoldsInItsOwnWorldUntilItIsMended(t *testing.T) {
	s := service(t, defect.All())
	withheld := func(name string) bool {
		t.Helper()
		c, err := s.Telephone().Place(t.Context(), name, world.CallRequest{From: "03-0000-1009", Withheld: true, Listen: "all"})
		if err != nil {
			t.Fatal(err)
		}
		return c.Withheld
	}
	if _, err := s.Control().Arrange(t.Context(), "broken", world.Setup{Defects: []string{"withheld-call-taken"}}); err != nil {
		t.Fatal(err)
	}
	if withheld("broken") {
		t.Error("the defect does nothing in its world")
	}
	if !withheld("sound") {
		t.Error("the defect is in another world as well")
	}
	if _, err := s.Control().Arrange(t.Context(), "broken", world.Setup{Defects: []string{}}); err != nil || !withheld("broken") {
		t.Error("an empty list mends nothing: ", err)
	}
}

func TestADefectThatDoesNotExistIsRefused(t *testing.T) {
	for what, s := range map[string]*world.Service{"with defects": service(t, defect.All()), "without any": service(t, nil)} {
		if _, err := s.Control().Arrange(t.Context(), "mine", world.Setup{Defects: []string{"no-such-defect"}}); err == nil {
			t.Errorf("a service %s takes an unknown defect", what)
		}
	}
}
