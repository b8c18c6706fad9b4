package documents_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sample"
	"example.com/netanswer/test/sandboxtest"
)

// A block is what a document tells to paste into a shell.
type block struct {
	document string
	line     int // of its fence
	text     string
	notRun   string // why it is not run; "" where it is
	fails    string // why it ends with an error; "" where it must not
}

func (b block) String() string { return fmt.Sprintf("%s:%d", b.document, b.line) }

// remark is what a shell does not read.
var remark = regexp.MustCompile(`(?m)(^|\s+)# .*$`)

// same tells whether two blocks are the same commands, whatever the language of
// their remarks.
func (b block) same(other block) bool {
	return remark.ReplaceAllString(b.text, "") == remark.ReplaceAllString(other.text, "") &&
		(b.notRun == "") == (other.notRun == "") && (b.fails == "") == (other.fails == "")
}

// comment is what may stand in the line above a fence:
//
//	<!-- not run: REASON -->  the block is not run by the test
//	<!-- fails: REASON -->    it ends with an error, and that is its point
var comment = regexp.MustCompile(`^<!-- (not run|fails): (.+) -->$`)

// blocks are those of a document.
func blocks(document, text string) (found []block, wrong []string) {
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		if lines[i] != "```sh" {
			if i+1 < len(lines) && lines[i+1] != "```sh" && comment.MatchString(lines[i]) {
				wrong = append(wrong, fmt.Sprintf("%s:%d: a comment above no block", document, i+1))
			}
			continue
		}
		b := block{document: document, line: i + 1}
		if i > 0 {
			if said := comment.FindStringSubmatch(lines[i-1]); said != nil && said[1] == "fails" {
				b.fails = said[2]
			} else if said != nil {
				b.notRun = said[2]
			}
		}
		for i++; i < len(lines) && lines[i] != "```"; i++ {
			b.text += lines[i] + "\n"
		}
		found = append(found, b)
	}
	return found, wrong
}

func TestBlocksAreFoundWithTheirComments(t *testing.T) {
	found, wrong := blocks("a.md", "```sh\none\ntwo\n```\n\n<!-- not run: serves -->\n```sh\nthree\n```\n"+
		"<!-- fails: it must -->\n```sh\nfour\n```\n<!-- fails: x -->\ntext")
	want := []block{
		{document: "a.md", line: 1, text: "one\ntwo\n"},
		{document: "a.md", line: 7, text: "three\n", notRun: "serves"},
		{document: "a.md", line: 11, text: "four\n", fails: "it must"},
	}
	if !slices.Equal(found, want) || len(wrong) != 1 || !strings.HasPrefix(wrong[0], "a.md:14:") {
		t.Errorf("%+v %q", found, wrong)
	}
}

// again is which part of the blocks a run pastes a second time: one in so many.
const again = 3

// TestTheDocumentsCommandsRunTwiceAndInAnyOrder pastes every block of commands
// into a shell, beside one sandbox: once in the order of the documents, then
// again, of which a run draws some, in another order. What both languages tell is
// pasted once a time.
func TestTheDocumentsCommandsRunTwiceAndInAnyOrder(t *testing.T) {
	if testing.Short() {
		t.Skip("runs every command of the documents; -short is without")
	}
	var all []block
	for _, name := range documents(t) {
		found, wrong := blocks(name, sandboxtest.Read(t, name))
		for _, w := range wrong {
			t.Error(w)
		}
		for _, b := range found {
			if !slices.ContainsFunc(all, b.same) {
				all = append(all, b)
			}
		}
	}
	shell := newShell(t)
	for round, seed := range []uint64{0, uint64(clock.Machine().UnixNano())} {
		order := slices.Clone(all)
		if round > 0 {
			t.Logf("second time, in the order of seed %d", seed)
			order = sample.Draw(sample.Of(t), order, len(order)/again)
			rand.New(rand.NewPCG(seed, 0)).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		}
		for _, b := range order {
			t.Run(fmt.Sprintf("%d/%s", round+1, b), func(t *testing.T) { shell.paste(t, b) })
		}
	}
}

// A shell is where blocks are pasted: a folder of its own, with netanswer among
// its programs and a curl that fails where a server refuses.
type shell struct {
	dir, root string
	environ   []string
	here      *strings.Replacer // a document's addresses, as this sandbox has them
}

func newShell(t *testing.T) shell {
	t.Helper()
	curl := sandboxtest.Installed(t, "curl")
	bin := filepath.Dir(sandboxtest.Build(t))
	script := "#!/bin/sh\nexec " + curl + ` --silent --show-error --fail-with-body --max-time 60 "$@"` + "\n"
	if err := os.WriteFile(filepath.Join(bin, "curl"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	s := start(t)
	sh := shell{dir: t.TempDir(), root: sandboxtest.Path(t), here: addresses(t, s)}
	sh.environ = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	return sh
}

// start starts the sandbox as a reader of the documents has it, at the usual
// ports; where one of them is in use, on free ones.
func start(t *testing.T) *server.Sandbox {
	t.Helper()
	s, err := server.Start(server.DefaultConfig(), nil)
	if err != nil {
		t.Logf("on free ports: %v", err)
		return sandboxtest.Start(t)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// addresses replaces the addresses of the documents by those of a sandbox.
func addresses(t *testing.T, s *server.Sandbox) *strings.Replacer {
	t.Helper()
	pairs := []string{"go run . health", "netanswer health -console " + strings.TrimPrefix(s.ConsoleURL, "http://")}
	for port, at := range map[string]string{
		"8080": s.MemberURL, "8090": s.ConsoleURL, "8091": s.RESTURL,
		"1025": s.SMTP, "1143": s.IMAP, "2775": s.SMPP, "5060": s.SIP(),
	} {
		if u, err := url.Parse(at); err == nil && u.Host != "" {
			at = u.Host
		}
		_, there, err := net.SplitHostPort(at)
		if err != nil {
			t.Fatal(err)
		}
		pairs = append(pairs, "localhost:"+port, "127.0.0.1:"+there, "127.0.0.1:"+port, "127.0.0.1:"+there)
	}
	return strings.NewReplacer(append(pairs, "go run . ", "netanswer ")...)
}

// paste runs a block as a person's shell would, but ends at the first command
// that fails.
func (s shell) paste(t *testing.T, b block) {
	t.Helper()
	if b.notRun != "" {
		t.Skipf("not run: %s", b.notRun)
	}
	if strings.Contains(b.text, "swaks ") {
		sandboxtest.Installed(t, "swaks")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "bash", "-e", "-o", "pipefail", "-c", s.here.Replace(b.text))
	cmd.Dir, cmd.Env = s.dir, s.environ
	if strings.Contains(b.text, "go test ") || strings.Contains(b.text, "make ") { // of the checkout
		cmd.Dir = s.root
	}
	out, err := cmd.CombinedOutput()
	if failed := err != nil; failed != (b.fails != "") {
		t.Errorf("%v\n%s\n%s", err, b.text, out)
	}
}

func TestRemarksMakeNoOtherCommand(t *testing.T) {
	one := block{text: "# begin\ncurl a -d '[\"1#\"]'   # the first\n"}
	if !one.same(block{text: "# 始める\ncurl a -d '[\"1#\"]'   # 一つ目\n"}) {
		t.Error("remarks count")
	}
	for _, other := range []block{{text: "# begin\ncurl b\n"}, {text: one.text, notRun: "serves"}, {text: one.text, fails: "must"}} {
		if one.same(other) {
			t.Errorf("the same as %+v", other)
		}
	}
}
