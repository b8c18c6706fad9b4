package documents_test

import (
	"bytes"
	"errors"
	"flag"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/internal/settings"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

// TestTheREADMEsTellEverySetting keeps their tables of settings whole.
func TestTheREADMEsTellEverySetting(t *testing.T) {
	var help bytes.Buffer
	if _, err := server.ReadConfig([]string{"-h"}, nil, &help); !errors.Is(err, flag.ErrHelp) {
		t.Fatal(err)
	}
	flags := regexp.MustCompile(`(?m)^  -([a-z-]+)`).FindAllStringSubmatch(help.String(), -1)
	if len(flags) < 20 {
		t.Fatalf("only %d flags: %s", len(flags), help.String())
	}
	for _, name := range []string{"README.md", "README.ja.md"} {
		text := sandboxtest.Read(t, name)
		for _, f := range flags {
			if !strings.Contains(text, "`-"+f[1]+"`") {
				t.Errorf("%s does not tell of -%s", name, f[1])
			}
			variable := settings.VariableOf(f[1])
			if name == "README.md" && !strings.Contains(text, "`"+variable+"`") {
				t.Errorf("%s does not tell of %s", name, variable)
			}
		}
	}
}
