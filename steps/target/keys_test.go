package target_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/steps/target"
)

var update = flag.Bool("update", false, "write the tables and the schema of docs")

func TestEveryKeyIsToldAndNoOther(t *testing.T) {
	var told []string
	for _, k := range target.Keys {
		told = append(told, k.Path)
	}
	read := target.Paths()
	slices.Sort(told)
	slices.Sort(read)
	if diff := cmp.Diff(read, told); diff != "" {
		t.Errorf("keys that are read and keys that are told (-read +told):\n%s", diff)
	}
}

func TestTheDocumentsHaveTheTableOfKeys(t *testing.T) {
	for name, japanese := range map[string]bool{"docs/target.md": false, "docs/ja/target.md": true} {
		file := filepath.Join("..", "..", filepath.FromSlash(name))
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		before, rest, ok := strings.Cut(string(data), "<!-- keys -->\n\n")
		has, after, ends := strings.Cut(rest, "\n<!-- end of keys -->")
		if !ok || !ends {
			t.Fatalf("%s has no place for the keys", name)
		}
		want := target.Table(japanese)
		if *update && has != want {
			if err := os.WriteFile(file, []byte(before+"<!-- keys -->\n\n"+want+"\n<!-- end of keys -->"+after), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if diff := cmp.Diff(want, has); diff != "" {
			t.Errorf("%s (-want +got), go test ./steps/target -update writes it:\n%s", name, diff)
		}
	}
}

func TestTheSchemaForEditorsIsTheOneInDocs(t *testing.T) {
	want, err := target.Schema()
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties map[string]struct{ Description string }
	}
	if err := json.Unmarshal(want, &schema); err != nil || schema.Properties["members"].Description == "" {
		t.Errorf("the schema tells nothing of members: %v", err)
	}
	file := filepath.Join("..", "..", "docs", "target.schema.json")
	if *update {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	has, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(has)); diff != "" {
		t.Errorf("(-want +got), go test ./steps/target -update writes it:\n%s", diff)
	}
}
