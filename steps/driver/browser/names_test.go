package browser_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"example.com/netanswer/steps/driver/browser"
)

// TestTheDocumentsNameEveryScreen: what titles and addresses may name is told.
func TestTheDocumentsNameEveryScreen(t *testing.T) {
	t.Parallel()
	web, app := browser.Screens()
	if len(web) < 8 || len(app) < 15 {
		t.Fatalf("only %d and %d screens", len(web), len(app))
	}
	for document, comma := range map[string]string{"docs/target.md": ", ", "docs/ja/target.md": "、"} {
		written, err := os.ReadFile("../../../" + document)
		if err != nil {
			t.Fatal(err)
		}
		for _, names := range [][]string{web, app, browser.Places()} {
			if line := "`" + strings.Join(slices.Sorted(slices.Values(names)), "`"+comma+"`") + "`"; !strings.Contains(string(written), line) {
				t.Errorf("%s lacks %s", document, line)
			}
		}
	}
}
