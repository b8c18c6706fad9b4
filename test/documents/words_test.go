package documents_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// otherWords are words for what the glossary calls by one word, and spellings of what is
// spelt in one way.
var otherWords = map[*regexp.Regexp]string{
	regexp.MustCompile(`プロバイダ`):                            "事業者",
	regexp.MustCompile(`管理用トークン`):                          "操作用トークン",
	regexp.MustCompile(`操作 ?API|管理(?:用| )API`):             "操作用 API",
	regexp.MustCompile(`プロキシー`):                            "プロキシ",
	regexp.MustCompile(`(?:ブラウザ|コンテナ|サーバ|フォルダ)(?:[^ー]|$)`): "the same with ー",
}

// TestOneThingHasOneWord reads all that is written in Japanese: what has a word in the
// glossary is called by no other.
func TestOneThingHasOneWord(t *testing.T) {
	read := 0
	for _, root := range []string{"clients", "docs", "examples", "features", "fixtures", "internal", "sandbox", "steps", "README.ja.md", "SECURITY.ja.md", "CHANGELOG.md"} {
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
				if at := other.FindIndex(text); at != nil {
					t.Errorf("%s:%d: %s is called %s", file, bytes.Count(text[:at[0]], []byte("\n"))+1, text[at[0]:at[1]], word)
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
