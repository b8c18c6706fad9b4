package imap

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// read is what the library is to read of a command, and what it asks.
func read(name, rest string) (string, conditions) {
	c := command{name: name}
	return c.conditioned(rest), c.asks
}

func TestWordsOfCONDSTOREAreTakenOutOfACommand(t *testing.T) {
	since := int64(7)
	for line, tt := range map[string]struct {
		left string
		asks conditions
	}{
		"SELECT INBOX (CONDSTORE)":                   {"SELECT INBOX", conditions{enabled: true}},
		"SELECT INBOX":                               {"SELECT INBOX", conditions{}},
		"ENABLE X CondStore":                         {"ENABLE X CondStore", conditions{enabled: true}},
		"STATUS a (MESSAGES HIGHESTMODSEQ)":          {"STATUS a (MESSAGES)", conditions{highest: true}},
		"STATUS a (HIGHESTMODSEQ)":                   {"STATUS a (MESSAGES)", conditions{highest: true}},
		"FETCH 1:* (FLAGS) (CHANGEDSINCE 7)":         {"FETCH 1:* (FLAGS)", conditions{modseq: true, since: 7}},
		"FETCH 1 MODSEQ":                             {"FETCH 1 UID", conditions{modseq: true}},
		"FETCH 1 BODY[HEADER.FIELDS (MODSEQ)]":       {"FETCH 1 BODY[HEADER.FIELDS (MODSEQ)]", conditions{}},
		"STORE 1 (UNCHANGEDSINCE 7) +FLAGS (\\Seen)": {"STORE 1 +FLAGS (\\Seen)", conditions{unchanged: &since}},
		"SEARCH SUBJECT MODSEQ 7":                    {"SEARCH SUBJECT MODSEQ 7", conditions{}},
		"SEARCH NOT (MODSEQ 7) UNSEEN":               {"SEARCH NOT (KEYWORD " + sinceKeyword + "7) UNSEEN", conditions{sought: true}},
		"SEARCH SUBJECT \"a MODSEQ 7\"":              {"SEARCH SUBJECT \"a MODSEQ 7\"", conditions{}},
	} {
		name, rest, _ := strings.Cut(line, " ")
		left, asks := read(name, " "+rest)
		if asks.unchanged != nil && tt.asks.unchanged != nil && *asks.unchanged == *tt.asks.unchanged {
			asks.unchanged, tt.asks.unchanged = nil, nil
		}
		if name+left != tt.left || asks != tt.asks {
			t.Errorf("%s: %q %+v, want %q %+v", line, name+left, asks, tt.left, tt.asks)
		}
	}
}

// FuzzConditions looks at what is left of a command: nothing is taken from one that
// asks nothing, no line or string in quotes is opened, and a search that is left looks
// for no mod-sequence.
func FuzzConditions(f *testing.F) {
	for _, rest := range []string{" INBOX (CONDSTORE)", " 1:* (FLAGS MODSEQ) (CHANGEDSINCE 12)", " 1 (UNCHANGEDSINCE 3) FLAGS.SILENT (\\Seen)",
		" a (MESSAGES HIGHESTMODSEQ)", " \"\" \"*\" RETURN (STATUS (UIDNEXT HIGHESTMODSEQ))", " OR MODSEQ 3 NOT (MODSEQ \"/flags/\\\\seen\" all 4)",
		" SUBJECT \"MODSEQ 3\" MODSEQ 5", " 1 BODY[HEADER.FIELDS (\"MODSEQ\")]", " \"", " MODSEQ 99999999999999999999"} {
		for i := range names {
			f.Add(i, rest)
		}
	}
	f.Fuzz(func(t *testing.T, which int, rest string) {
		if which < 0 || which >= len(names) || strings.ContainsAny(rest, "\r\n") || len(rest) > longestLine {
			return // a line is without its end here
		}
		left, asks := read(names[which], rest)
		if asks == (conditions{}) && strings.Join(strings.Fields(left), " ") != strings.Join(strings.Fields(rest), " ") &&
			names[which] != "STATUS" && names[which] != "LIST" {
			t.Errorf("%s%q asks nothing, and %q is left", names[which], rest, left)
		}
		if strings.ContainsAny(left, "\r\n") || closed([]byte(rest)) && !closed([]byte(left)) {
			t.Errorf("%s%q becomes %q, which does not end with its line", names[which], rest, left)
		}
		if _, again := read(names[which], left); again.sought {
			t.Errorf("%s%q becomes %q, which asks for mod-sequences still", names[which], rest, left)
		}
	})
}

var names = []string{"SELECT", "ENABLE", "STATUS", "LIST", "FETCH", "STORE", "SEARCH", "NOOP"}

// A wire is a connection that has said all it will, and keeps what it is told.
type wire struct {
	net.Conn
	said io.Reader
	told bytes.Buffer
}

func (w *wire) Read(p []byte) (int, error)      { return w.said.Read(p) }
func (w *wire) Write(p []byte) (int, error)     { return w.told.Write(p) }
func (w *wire) SetReadDeadline(time.Time) error { return nil }

// FuzzFront says lines to a front with a library behind it that says OK to every
// command and tells a mod-sequence with each: whatever comes, it ends, no literal is
// changed on its way, and every line that is told ends as one.
func FuzzFront(f *testing.F) {
	for _, lines := range []string{
		"a LOGIN mine any\r\nb SELECT INBOX (CONDSTORE)\r\nc UID FETCH 1:* (FLAGS MODSEQ) (CHANGEDSINCE 12)\r\n",
		"a STATUS a (HIGHESTMODSEQ)\r\nb SEARCH MODSEQ 3\r\nc STORE 1 (UNCHANGEDSINCE 3) +FLAGS (x)\r\n",
		"a LOGIN {4+}\r\nmine {3}\r\nany\r\nb ENABLE CONDSTORE\r\n", "a ID NIL\r\nb STARTTLS\r\n", "\r\n\r\n", "a SEARCH TEXT {5}\r\nab", "a \"\r\n",
	} {
		f.Add(lines, "* 1 FETCH (FLAGS ())\r\n")
		f.Add(lines, "* STATUS a (MESSAGES 1)\r\n")
	}
	f.Fuzz(func(t *testing.T, lines, answer string) {
		if len(lines) > 4096 || strings.Count(answer, "\n") != 1 || !strings.HasSuffix(answer, "\r\n") || answer[0] == '\r' {
			return // the library tells whole lines
		}
		w := &wire{said: strings.NewReader(lines)}
		front := newFront(w, time.Minute, nil)
		var heard []byte
		piece := make([]byte, 512)
		for {
			n, err := front.Read(piece)
			heard = append(heard, piece[:n]...)
			if err != nil {
				break
			}
			front.mutex.Lock()
			open, waits := front.open, front.literal > 0
			front.mutex.Unlock()
			if open == nil || waits || len(front.pending) > 0 || !bytes.HasSuffix(heard, []byte("\n")) {
				continue
			}
			front.tells(1, 9, true)
			front.counted(9)
			front.found(9)
			for _, said := range []string{answer, open.tag + " OK done\r\n"} {
				if _, err := io.WriteString(front, said); err != nil {
					t.Fatal(err)
				}
			}
		}
		told := w.told.Bytes()
		whole := len(told) == 0 || bytes.HasSuffix(told, []byte("\r\n"))
		if !whole || bytes.Count(told, []byte("\r\n")) != bytes.Count(told, []byte("\n")) {
			t.Errorf("%q was told %q", lines, told)
		}
		if most := len(lines) + strings.Count(lines, " ")*len(" KEYWORD "+sinceKeyword); len(heard) > most {
			t.Errorf("%d bytes were said, and %d heard: %q", len(lines), len(heard), fmt.Sprintf("%.200s", heard))
		}
	})
}
