package gateway_test

import (
	"crypto/tls"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2/imapclient"

	"example.com/netanswer/mocks/clock"
)

// speaks is a connection by hand that has been greeted; ask sends a line and is what is
// answered, up to the line that begins with the tag.
func speaks(t *testing.T, address string) (w wire, greeting string) {
	t.Helper()
	w = dial(t, address)
	if err := w.SetDeadline(clock.Machine().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	greeting, err := w.in.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return w, greeting
}

func (w wire) asks(line, tag string) string {
	w.Helper()
	if _, err := io.WriteString(w.Conn, line+"\r\n"); err != nil {
		w.Fatal(err)
	}
	return w.until(tag)
}

func (w wire) until(tag string) (all string) {
	w.Helper()
	for {
		line, err := w.in.ReadString('\n')
		all += line
		if err != nil {
			return all + "<" + err.Error() + ">"
		}
		if strings.HasPrefix(line, tag+" ") {
			return all
		}
	}
}

func TestAMailProgramIntroducesItself(t *testing.T) {
	t.Parallel()
	_, g := open(t)
	w, greeting := speaks(t, listen(t, imapOf(g)))
	if !strings.Contains(greeting, "CAPABILITY IMAP4rev1 ID ") {
		t.Error(greeting)
	}
	const known = "* ID (\"name\" \"netanswer\")\r\na OK ID completed\r\n"
	for _, said := range []string{`a ID NIL`, `a id ("name" "Thunderbird" "version" "140.0" "os" NIL)`, `a ID ()`, `a ID ("name" "a \"b\\c")`} {
		if got := w.asks(said, "a"); got != known {
			t.Errorf("%s: %q", said, got)
		}
	}
	for _, said := range []string{`a ID`, `a ID ("name")`, `a ID (name x)`, `a ID NIL NIL`, `a ID ("a" "b"`,
		`a ID (` + strings.Repeat(`"a" "b" `, 31) + `)`} {
		if got := w.asks(said, "a"); !strings.HasPrefix(got, "a BAD ") {
			t.Errorf("%s: %q", said, got)
		}
	}
	if got := w.asks("b LOGIN mine any", "b"); !strings.HasPrefix(got, "b OK [CAPABILITY IMAP4rev1 ID ") {
		t.Error(got)
	}
	if got := w.asks("c CAPABILITY", "c"); !strings.HasPrefix(got, "* CAPABILITY IMAP4rev1 ID ") {
		t.Error(got)
	}
	// Several commands at once are answered in their order.
	if got := w.asks("d NOOP\r\ne ID NIL\r\nf SELECT INBOX\r\ng ID NIL", "g"); strings.Index(got, "d OK") > strings.Index(got, "e OK") ||
		strings.Index(got, "e OK") > strings.Index(got, "f OK") || !strings.Contains(got, "g OK") {
		t.Error(got)
	}
	// What stands in a mail is no command, and is not told otherwise.
	mail := "To: a@example.jp\r\n\r\na ID NIL\r\n* CAPABILITY IMAP4rev1 x\r\nb NO [SERVERBUG] x\r\n"
	if got := w.asks("h APPEND a@example.jp {"+strconv.Itoa(len(mail))+"+}\r\n"+mail, "h"); !strings.Contains(got, "h OK") {
		t.Fatal(got)
	}
	w.asks("i SELECT a@example.jp", "i")
	if got := w.asks("j FETCH 1 BODY[]", "j"); !strings.Contains(got, mail) {
		t.Error(got)
	}
	// Nor is what a program says that idles.
	if _, err := io.WriteString(w.Conn, "k IDLE\r\n"); err != nil {
		t.Fatal(err)
	}
	w.until("+")
	if got := w.asks("DONE\r\nl ID NIL", "l"); !strings.Contains(got, "k OK") || !strings.Contains(got, "l OK ID") {
		t.Error(got)
	}
}

// TestACommandThatCannotBeReadIsBad says what RFC 9051, 7.1.3, asks of a server: BAD for
// an error of syntax, with the tag where there is one, and the connection goes on.
func TestACommandThatCannotBeReadIsBad(t *testing.T) {
	t.Parallel()
	_, g := open(t)
	w, _ := speaks(t, listen(t, imapOf(g)))
	w.asks("a LOGIN mine any", "a")
	w.asks("a SELECT INBOX", "a")
	for line, tag := range map[string]string{
		"": "*", " ": "*", "x": "x", "x ": "x", "x  NOOP": "x", "* NOOP": "*", "+ NOOP": "*", "(x) NOOP": "*", "x UID": "x", "x UID  FETCH 1 FLAGS": "x",
		"x NOSUCH": "x", "x NOOP more": "x", "x FETCH": "x", "x FETCH 0 FLAGS": "x", "x FETCH a FLAGS": "x", "x FETCH 1:x FLAGS": "x",
		"x FETCH 99999999999 FLAGS": "x", "x FETCH 1 NOSUCH": "x", "x FETCH 1 (FLAGS": "x", "x UID FETCH 1 (BODY[": "x", "x FETCH 1 BODY[]<a.b>": "x",
		"x SELECT": "x", "x SELECT &bad": "x", "x SELECT \"&AGE-\"": "x", "x SELECT \"\xff\xfe\"": "x", "x STATUS INBOX (NOSUCH)": "x", "x STATUS INBOX": "x",
		"x SEARCH NOSUCH": "x", "x SEARCH ON 99-Abc-2026": "x", "x SEARCH SINCE": "x", "x SEARCH LARGER x": "x", "x SEARCH CHARSET": "x",
		"x SEARCH OR ALL": "x", "x SEARCH NOT": "x", "x SEARCH (": "x", "x STORE 1 FLAGS": "x", "x STORE 1 NOSUCH (a)": "x", "x STORE 1 +FLAGS (\\": "x",
		"x LIST": "x", "x LIST \"\"": "x", "x LIST \"\" &bad": "x", "x LIST (NOSUCH) \"\" *": "x", "x LIST \"\" * RETURN (NOSUCH)": "x",
		"x APPEND INBOX": "x", "x APPEND INBOX {x}": "x", "x APPEND INBOX \"bad date\" {1}": "x", "x COPY 1": "x", "x MOVE a b": "x",
		"x LOGIN": "x", "x AUTHENTICATE": "x", "x SELECT \"open": "x", "x SEARCH " + strings.Repeat("(", 1200): "x",
		"x SEARCH " + strings.Repeat("a", 60000): "x", strings.Repeat("a", 60000): "*",
	} {
		got := w.asks(line, tag)
		if !strings.HasPrefix(got, tag+" BAD ") || strings.Contains(got, "SERVERBUG") {
			t.Errorf("%.60q: %.200q", line, got)
		}
		if got := w.asks("y NOOP", "y"); got != "y OK NOOP completed\r\n" {
			t.Fatalf("after %.60q: %.200q", line, got)
		}
	}
}

func TestLinesThatAreNoCommandEndAConnection(t *testing.T) {
	t.Parallel()
	_, g := open(t)
	w, _ := speaks(t, listen(t, imapOf(g)))
	got := w.asks(strings.Repeat("x\r\n", 30), "no such tag")
	if n := strings.Count(got, "x BAD"); n != 20 || !strings.Contains(got, "* BYE ") || !strings.HasSuffix(got, ">") {
		t.Errorf("%d refused: %s", n, got)
	}
}

func TestTLSBeginsAndHidesNothingFromAMailProgram(t *testing.T) {
	t.Parallel()
	_, g := open(t)
	address := listen(t, imapOf(g))
	c, err := imapclient.DialStartTLS(address, &imapclient.Options{TLSConfig: &tls.Config{InsecureSkipVerify: true}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Login("mine", "any").Wait(); err != nil {
		t.Fatal(err)
	}
	w, greeting := speaks(t, address)
	if !strings.Contains(greeting, " STARTTLS") {
		t.Error(greeting)
	}
	if got := w.asks("a STARTTLS", "a"); !strings.HasPrefix(got, "a OK") {
		t.Fatal(got)
	}
	secure := tls.Client(w.Conn, &tls.Config{InsecureSkipVerify: true})
	w.Conn = secure
	w.in.Reset(secure)
	if got := w.asks("b CAPABILITY", "b"); strings.Contains(got, "STARTTLS") || !strings.Contains(got, " ID ") {
		t.Error(got)
	}
	if got := w.asks("c ID NIL", "c"); !strings.Contains(got, "c OK") {
		t.Error(got)
	}
	if got := w.asks("d STARTTLS", "d"); !strings.HasPrefix(got, "d BAD") {
		t.Error(got)
	}
	injected, _ := speaks(t, address)
	if got := injected.asks("a STARTTLS\r\nb LOGIN mine any", "b"); strings.Contains(got, "OK") || !strings.Contains(got, "* BYE") {
		t.Error(got)
	}
}

// TestAMailboxIsNamedInModifiedUTF7 follows RFC 3501, 5.1.3.
func TestAMailboxIsNamedInModifiedUTF7(t *testing.T) {
	t.Parallel()
	_, g := open(t)
	w, _ := speaks(t, listen(t, imapOf(g)))
	w.asks("a LOGIN mine any", "a")
	const name = "\"&grFbUA-@xn--r8jz45g.jp\"" // 花子@例え.jp
	if got := w.asks("b APPEND "+name+" {5+}\r\na: b\r\n", "b"); !strings.Contains(got, "b OK") {
		t.Fatal(got)
	}
	if got := w.asks(`c LIST "" *`, "c"); !strings.Contains(got, "&grFbUA-@") {
		t.Error(got)
	}
	for _, ask := range []string{"LIST \"\" \"&grFbUA-*\"", "LIST \"\" (INBOX \"*&grFbUA-@*\")", "LSUB \"\" \"&grFbUA-@%\""} {
		if got := w.asks("d "+ask, "d"); strings.Count(got, "&grFbUA-@") != 1 {
			t.Errorf("%s: %s", ask, got)
		}
	}
	for _, of := range []string{name, "\"&grFbUA-@&T4swSA-.jp\"", "\"花子@例え.jp\""} {
		if got := w.asks("e STATUS "+of+" (MESSAGES)", "e"); !strings.Contains(got, "(MESSAGES 1)") {
			t.Errorf("%s: %s", of, got)
		}
		if got := w.asks("f SELECT "+of, "f"); !strings.Contains(got, "* 1 EXISTS") {
			t.Errorf("%s: %s", of, got)
		}
	}
}

// TestAMultipartWithoutPartsHasAStructure is of mails that users of other servers
// reported: a client ends the connection at what the grammar does not have.
func TestAMultipartWithoutPartsHasAStructure(t *testing.T) {
	t.Parallel()
	_, g := open(t)
	w, _ := speaks(t, listen(t, imapOf(g)))
	w.asks("a LOGIN mine any", "a")
	const empty = "Content-Type: multipart/appledouble; boundary=IN\r\n\r\n"
	for name, mail := range map[string]string{
		"alone":           empty,
		"closed at once":  empty + "--IN--\r\n",
		"in a multipart":  "Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n" + empty + "--B--\r\n",
		"in a mail in it": "Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: message/rfc822\r\n\r\n" + empty + "--B--\r\n",
		"of no boundary":  "Content-Type: multipart/mixed\r\n\r\nx\r\n",
	} {
		w.asks("b APPEND a@example.jp {"+strconv.Itoa(len(mail))+"+}\r\n"+mail, "b")
		w.asks("c SELECT a@example.jp", "c")
		for _, item := range []string{"BODYSTRUCTURE", "BODY", "FULL"} {
			got := w.asks("d FETCH * "+item, "d")
			if !strings.Contains(got, "d OK") || strings.Count(got, "(") != strings.Count(got, ")") || strings.Contains(got, "( ") {
				t.Fatalf("%s, %s: %s", name, item, got)
			}
		}
	}
}
