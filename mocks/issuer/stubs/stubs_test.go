package stubs_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer/stubs"
)

// That WireMock answers by these stubs as the contract says is proved in the
// root package, where one is started.

var update = flag.Bool("update", false, "write the golden files anew")

func members(t *testing.T) []fixtures.Member {
	t.Helper()
	all, _, err := fixtures.Members()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func export(t *testing.T, o stubs.Options) map[string]string {
	t.Helper()
	dir := t.TempDir()
	files, err := stubs.Export(dir, members(t), o)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		name, _ := filepath.Rel(dir, f) // it is below
		texts[filepath.ToSlash(name)] = string(text)
	}
	return texts
}

func TestTheSameFilesEachTime(t *testing.T) {
	first := export(t, stubs.Options{})
	if diff := cmp.Diff(first, export(t, stubs.Options{})); diff != "" {
		t.Errorf("two exports differ:\n%s", diff)
	}
	cards := 0
	for _, m := range members(t) {
		cards += len(m.Cards)
	}
	if len(first) != cards+1 {
		t.Errorf("%d files for %d cards and all others", len(first), cards)
	}
	for _, name := range []string{"jiro-1.json", "others.json"} {
		golden := filepath.Join("testdata", name)
		got := first["mappings/"+name]
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestEveryStubHasANameAndAnIDOfItsOwn(t *testing.T) {
	seen := map[string]string{}
	for _, s := range stubs.All(members(t), stubs.Options{}) {
		if s.Name == "" || !strings.HasPrefix(s.Name, s.Card) || seen[s.ID()] != "" {
			t.Errorf("%q of card %q has the id of %q", s.Name, s.Card, seen[s.ID()])
		}
		seen[s.ID()] = s.Name
	}
}

func TestAWorldOfItsOwn(t *testing.T) {
	for name, text := range export(t, stubs.Options{World: "mine", Attempts: 1}) {
		var file struct {
			Mappings []struct {
				Name, ScenarioName string
				Request            struct {
					Headers map[string]map[string]any
				}
			}
		}
		if err := json.Unmarshal([]byte(text), &file); err != nil {
			t.Fatal(err)
		}
		for _, m := range file.Mappings {
			if m.Request.Headers["Netanswer-World"]["equalTo"] != "mine" ||
				m.ScenarioName != "" && !strings.HasPrefix(m.ScenarioName, "mine ") {
				t.Errorf("%s: %s answers any world: %+v", name, m.Name, m)
			}
			if strings.Contains(m.Name, "after 1 wrong") {
				t.Errorf("%s: a PIN that stops after one: %s", name, m.Name)
			}
		}
	}
}

func TestTheStatesOfAPIN(t *testing.T) {
	for _, o := range []stubs.Options{{}, {Attempts: 3}} {
		got := []string{o.Wrong(0), o.Wrong(1), o.Wrong(2), o.Wrong(3)}
		if diff := cmp.Diff([]string{stubs.Started, "1 wrong", "2 wrong", stubs.Stopped}, got); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", o, diff)
		}
	}
}

func TestOnlyItsOwnFilesAreReplaced(t *testing.T) {
	dir := t.TempDir()
	own := filepath.Join(dir, "mappings", "ours.json")
	if err := os.MkdirAll(filepath.Dir(own), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{own, filepath.Join(dir, "mappings", "others.json")} {
		if err := os.WriteFile(path, []byte("ours"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files, err := stubs.Export(dir, members(t), stubs.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(own); err != nil || string(text) != "ours" {
		t.Errorf("%q %v", text, err)
	}
	if text, err := os.ReadFile(files[len(files)-1]); err != nil || string(text) == "ours" {
		t.Errorf("%s: %q %v", files[len(files)-1], text, err)
	}
	if _, err := stubs.Export(own, members(t), stubs.Options{}); err == nil {
		t.Error("a file is taken for a folder")
	}
}
