package documents_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// otherWords are words for what the glossary calls by one word.
var otherWords = map[string]string{"プロバイダ": "事業者"}

// TestOneThingHasOneWord reads all that is written in Japanese: what has a word in the
// glossary is called by no other.
func TestOneThingHasOneWord(t *testing.T) {
	read := 0
	for _, root := range []string{"clients", "docs", "examples", "features", "fixtures", "internal", "sandbox", "steps", "README.ja.md", "CHANGELOG.md"} {
		err := filepath.WalkDir(filepath.Join("../..", root), func(file string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && d.Name() == "node_modules" {
				return fs.SkipDir
			}
			if !d.Type().IsRegular() {
				return nil
			}
			text, err := os.ReadFile(file)
			read++
			for other, word := range otherWords {
				if line := bytes.Index(text, []byte(other)); line >= 0 {
					t.Errorf("%s:%d: %s is called %s", file, bytes.Count(text[:line], []byte("\n"))+1, other, word)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if read < 500 {
		t.Errorf("only %d files were read", read)
	}
}
