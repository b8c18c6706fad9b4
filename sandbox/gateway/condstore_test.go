package gateway_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/google/go-cmp/cmp"
)

var anyModSeq = regexp.MustCompile(`MODSEQ [(]?([0-9]+)`)

// modseqs are the mod-sequences that an answer tells, in their order.
func modseqs(t *testing.T, answer string) (all []int64) {
	t.Helper()
	for _, m := range anyModSeq.FindAllStringSubmatch(answer, -1) {
		n, err := strconv.ParseInt(m[1], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, n)
	}
	return all
}

// said are the lines of an answer, without what a mod-sequence and the tag's line say.
func said(answer string) []string {
	answer = regexp.MustCompile(`MODSEQ ([(]?)[0-9]+`).ReplaceAllString(answer, "MODSEQ ${1}N")
	all := strings.Split(strings.TrimSuffix(answer, "\r\n"), "\r\n")
	return all[:len(all)-1]
}

// TestConditionalStore follows RFC 7162, 3.1, with two programs at one mailbox.
func TestConditionalStore(t *testing.T) {
	t.Parallel()
	_, g := open(t)
	address := listen(t, imapOf(g))
	w, greeting := speaks(t, address)
	if !strings.Contains(greeting, " CONDSTORE ") {
		t.Error(greeting)
	}
	w.asks("a LOGIN mine any", "a")
	empty := w.asks("b SELECT INBOX (CONDSTORE)", "b")
	if n := modseqs(t, empty); len(n) != 1 || n[0] != 1 || !strings.Contains(empty, "* OK [HIGHESTMODSEQ 1] ") {
		t.Errorf("an empty mailbox: %s", empty)
	}
	for range 3 {
		const mail = "Subject: x\r\n\r\n* 1 FETCH (UID 1)\r\n"
		w.asks("c APPEND hanako@example.jp {"+strconv.Itoa(len(mail))+"+}\r\n"+mail, "c")
	}
	w.asks("d NOOP", "d")
	opened := modseqs(t, w.asks("e EXAMINE hanako@example.jp", "e"))
	w.asks("e SELECT hanako@example.jp", "e")
	first := w.asks("f UID FETCH 1:* (UID MODSEQ FLAGS)", "f")
	was := modseqs(t, first)
	if len(was) != 3 || was[0] >= was[1] || was[1] >= was[2] || opened[0] != was[2] {
		t.Fatalf("%s, opened with %d", first, opened)
	}
	if got, want := said(first)[0], "* 1 FETCH (MODSEQ (N) UID 1 FLAGS ())"; got != want {
		t.Errorf("%s, want %s", got, want)
	}

	// Another program marks the second mail; this one is told, with the mod-sequence.
	other := reads(t, address, "mine")
	if _, err := other.Select("hanako@example.jp", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	mark := func(n uint32, flag imap.Flag) {
		t.Helper()
		add := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{flag}}
		if err := other.Store(imap.SeqSetNum(n), add, nil).Close(); err != nil {
			t.Fatal(err)
		}
	}
	mark(2, imap.FlagFlagged)
	told := w.asks("g NOOP", "g")
	now := modseqs(t, told)
	if diff := cmp.Diff([]string{`* 2 FETCH (MODSEQ (N) UID 2 FLAGS (\Flagged))`}, said(told)); diff != "" || now[0] <= was[2] {
		t.Errorf("told of a mark (-want +got):\n%s%d", diff, now)
	}
	mark(2, imap.FlagFlagged) // it has it already
	if again := w.asks("h FETCH 2 MODSEQ", "h"); modseqs(t, again)[0] != now[0] {
		t.Errorf("a mark that was there: %s", again)
	}

	at := strconv.FormatInt(was[2], 10)
	for ask, want := range map[string][]string{
		"UID FETCH 1:* (FLAGS) (CHANGEDSINCE " + at + ")":                                 {`* 2 FETCH (MODSEQ (N) UID 2 FLAGS (\Flagged))`},
		"FETCH 1:* FLAGS (CHANGEDSINCE 999999999999999)":                                  {},
		"FETCH 1 (BODY.PEEK[TEXT] MODSEQ)":                                                {"* 1 FETCH (MODSEQ (N) UID 1 BODY[TEXT] {19}", "* 1 FETCH (UID 1)", ")"},
		"FETCH 1 (BODY.PEEK[HEADER.FIELDS (MODSEQ)] FLAGS)":                               {`* 1 FETCH (MODSEQ (N) UID 1 FLAGS () BODY[HEADER.FIELDS ("MODSEQ")] {2}`, "", ")"},
		"SEARCH MODSEQ " + strconv.FormatInt(now[0], 10):                                  {"* SEARCH 2 (MODSEQ N)"},
		"UID SEARCH NOT MODSEQ " + at:                                                     {"* SEARCH 1 (MODSEQ N)"},
		`SEARCH OR MODSEQ "/flags/\\flagged" all ` + strconv.FormatInt(now[0], 10) + " 1": {"* SEARCH 1 2 (MODSEQ N)"},
		"SEARCH MODSEQ 999999999999999":                                                   {"* SEARCH"},
		`SEARCH SUBJECT MODSEQ`:                                                           {"* SEARCH"},
		"SEARCH RETURN (MIN) MODSEQ 1":                                                    {`* ESEARCH (TAG "x") MIN 1 MODSEQ N`},
		"STATUS hanako@example.jp (HIGHESTMODSEQ MESSAGES)":                               {`* STATUS "hanako@example.jp" (MESSAGES 3 HIGHESTMODSEQ N)`},
		`LIST "" "h*" RETURN (STATUS (UNSEEN HIGHESTMODSEQ))`: {`* LIST (\HasNoChildren) "/" "hanako@example.jp"`,
			`* STATUS "hanako@example.jp" (UNSEEN 3 HIGHESTMODSEQ N)`},
		"ENABLE CONDSTORE QRESYNC": {"* ENABLED CONDSTORE"},
	} {
		got := w.asks("x "+ask, "x")
		if diff := cmp.Diff(want, said(got)); diff != "" || !strings.Contains(got, "x OK ") {
			t.Errorf("%s (-want +got):\n%s%s", ask, diff, got)
		}
	}
	if n := modseqs(t, w.asks("x UID SEARCH NOT MODSEQ "+at, "x")); len(n) != 1 || n[0] != was[0] {
		t.Errorf("the highest that was found: %d of %d", n, was)
	}

	// What has changed meanwhile is not overwritten; the rest is.
	stored := w.asks("i UID STORE 1:2 (UNCHANGEDSINCE "+at+`) +FLAGS.SILENT (\Deleted)`, "i")
	if !strings.Contains(stored, "i OK [MODIFIED 2] ") || strings.Contains(stored, "* 2 FETCH") || !strings.Contains(stored, "* 1 FETCH (MODSEQ (") {
		t.Errorf("a conditional change: %s", stored)
	}
	after := modseqs(t, stored)
	if len(after) != 1 || after[0] <= now[0] {
		t.Errorf("%d after %d", after, now)
	}
	if got := w.asks(`i STORE 2 (UNCHANGEDSINCE `+strconv.FormatInt(now[0], 10)+`) -FLAGS (\Flagged)`, "i"); strings.Contains(got, "MODIFIED") ||
		!strings.Contains(got, "FLAGS ()") {
		t.Errorf("a conditional change of what is known: %s", got)
	}
	// What is gone takes nothing with it: the highest stays, and the next is higher.
	before := modseqs(t, w.asks("j STATUS hanako@example.jp (HIGHESTMODSEQ)", "j"))
	w.asks("k EXPUNGE", "k")
	gone := modseqs(t, w.asks("l STATUS hanako@example.jp (HIGHESTMODSEQ)", "l"))
	w.asks("m APPEND hanako@example.jp {1+}\r\nx", "m")
	w.asks("n NOOP", "n")
	come := modseqs(t, w.asks("o FETCH * MODSEQ", "o"))
	if before[0] > gone[0] || come[0] <= gone[0] {
		t.Errorf("%d, then %d, then %d", before, gone, come)
	}
	for _, ask := range []string{"SELECT INBOX (QRESYNC (1 2))", "FETCH 1 FLAGS (CHANGEDSINCE x)", "FETCH 1 FLAGS (CHANGEDSINCE 1 VANISHED)",
		`STORE 1 (UNCHANGEDSINCE -1) +FLAGS (\Seen)`, "SEARCH MODSEQ", "SEARCH MODSEQ x", "FETCH 1 (MODSEQ"} {
		if got := w.asks("x "+ask, "x"); !strings.HasPrefix(got, "x BAD ") {
			t.Errorf("%s: %s", ask, got)
		}
	}
}

// TestAProgramThatDoesNotKnowOfModSequencesIsToldNone but the highest, at the beginning.
func TestAProgramThatDoesNotKnowOfModSequencesIsToldNone(t *testing.T) {
	t.Parallel()
	_, g := open(t)
	w, _ := speaks(t, listen(t, imapOf(g)))
	for _, early := range []string{"a ENABLE CONDSTORE", "a FETCH 1 MODSEQ"} {
		if got := w.asks(early, "a"); strings.Contains(got, "a OK") {
			t.Error(got)
		}
	}
	w.asks("a LOGIN mine any", "a")
	w.asks("b APPEND hanako@example.jp {1+}\r\nx", "b")
	w.asks("c SELECT INBOX", "c")
	for _, ask := range []string{`STORE 1 +FLAGS (\Seen)`, "FETCH 1 (FLAGS UID)", "STATUS INBOX (MESSAGES)", "SEARCH ALL", "NOOP", "SEARCH RETURN (ALL) ALL"} {
		if got := w.asks("d "+ask, "d"); strings.Contains(got, "MODSEQ") || !strings.Contains(got, "d OK ") {
			t.Errorf("%s: %s", ask, got)
		}
	}
	if got := w.asks(`e STORE 1 +FLAGS.SILENT (\Flagged)`, "e"); strings.Contains(got, "FETCH") {
		t.Error(got)
	}
}
