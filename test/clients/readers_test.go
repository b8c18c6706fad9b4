package clients_test

import (
	"encoding/base64"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/japanese"

	"example.com/netanswer/client"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

// letters are mails to hanako@example.jp by their subjects: in the character sets of
// Japanese mail, and one with a file.
func letters(t *testing.T) map[string]string {
	t.Helper()
	const subject, text = "ご登録の案内", "認証コードは482913です。"
	all := map[string]string{}
	for name, set := range map[string]interface{ String(string) (string, error) }{
		"ISO-2022-JP": japanese.ISO2022JP.NewEncoder(), "Shift_JIS": japanese.ShiftJIS.NewEncoder(), "EUC-JP": japanese.EUCJP.NewEncoder(),
	} {
		said, err := set.String(subject + name)
		if err != nil {
			t.Fatal(err)
		}
		body, err := set.String(text)
		if err != nil {
			t.Fatal(err)
		}
		all[subject+name] = fmt.Sprintf("From: shop@example.com\r\nTo: hanako@example.jp\r\nSubject: =?%[1]s?B?%[2]s?=\r\nMessage-ID: <%[1]s@shop>\r\n"+
			"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=%[1]s\r\n\r\n%[3]s\r\n", name, base64.StdEncoding.EncodeToString([]byte(said)), body)
	}
	all["invoice"] = "From: shop@example.com\r\nTo: hanako@example.jp\r\nSubject: invoice\r\nMessage-ID: <invoice@shop>\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n明細をお送りします。\r\n" +
		"--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''%E6%98%8E%E7%B4%B0.pdf\r\n" +
		"Content-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte("%PDF-1.7 482913")) + "\r\n--b--\r\n"
	return all
}

// post sends letters as a user, in the order of their subjects, to whom they are for.
func post(t *testing.T, s *server.Sandbox, user string, all map[string]string) {
	t.Helper()
	c, err := smtp.Dial(s.SMTP)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Auth(sasl.NewPlainClient("", user, "any")); err != nil {
		t.Fatal(err)
	}
	for _, subject := range slices.Sorted(maps.Keys(all)) {
		to := regexp.MustCompile(`To: (.*)\r`).FindStringSubmatch(all[subject])[1]
		if err := c.SendMail("shop@example.com", []string{to}, strings.NewReader(all[subject])); err != nil {
			t.Fatalf("%s: %v", subject, err)
		}
	}
}

// marked are the marks of the mails in a mailbox by their subjects.
func marked(t *testing.T, s *server.Sandbox, user, mailbox string, change func(*imapclient.Client)) map[string][]imap.Flag {
	t.Helper()
	c, err := imapclient.DialInsecure(s.IMAP, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Login(user, "any").Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Select(mailbox, nil).Wait(); err != nil {
		t.Fatal(err)
	}
	change(c)
	mails, err := c.Fetch(imap.SeqSet{{Start: 1}}, &imap.FetchOptions{Envelope: true, Flags: true}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]imap.Flag{}
	for _, m := range mails {
		slices.Sort(m.Flags)
		all[m.Envelope.Subject] = append(m.Flags, all[m.Envelope.Subject]...)
	}
	return all
}

// uidOf is the UID of the mail with a Message-ID.
func uidOf(t *testing.T, c *imapclient.Client, id string) imap.UIDSet {
	t.Helper()
	found, err := c.UIDSearch(&imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "Message-ID", Value: id}}}, nil).Wait()
	if err != nil || len(found.AllUIDs()) != 1 {
		t.Fatalf("%s: %+v %v", id, found, err)
	}
	return found.All.(imap.UIDSet)
}

// TestOfflineIMAPKeepsACopy copies, then carries changes of both sides to the other,
// then finds nothing to do.
func TestOfflineIMAPKeepsACopy(t *testing.T) {
	t.Parallel()
	offlineimap := sandboxtest.Installed(t, "offlineimap")
	s, controls := sandboxtest.Controlled(t)
	all := letters(t)
	post(t, s, "offline", all)
	dir := t.TempDir()
	rc := filepath.Join(dir, "rc")
	write(t, rc, "[general]\naccounts = a\nmetadata = "+dir+"/metadata\nui = basic\nfsync = no\n[Account a]\nlocalrepository = near\nremoterepository = far\n"+
		"[Repository near]\ntype = Maildir\nlocalfolders = "+dir+"/mail\nsep = /\n"+
		"[Repository far]\ntype = IMAP\nremotehost = 127.0.0.1\nremoteport = "+sandboxtest.Port(t, s.IMAP)+
		"\nremoteuser = offline\nremotepass = any\nssl = no\nstarttls = no\nfolderfilter = lambda name: '@' in name\n")
	box := filepath.Join(dir, "mail", "hanako@example.jp")
	syncs := func() (did []string) {
		t.Helper()
		said, err := command(t, "", offlineimap, "-c", rc, "-o")
		if err != nil || strings.Contains(said, "ERROR") {
			t.Fatalf("%v\n%s", err, said)
		}
		return regexp.MustCompile(`(?m)^ *(?:Copy message|Deleting \d+|Adding flag|Removing flag).*`).FindAllString(said, -1)
	}
	syncs()
	near := map[string]string{} // the files by their Message-ID
	for _, path := range found(t, filepath.Join(box, "*", "*")) {
		text := contents(t, path)
		near[regexp.MustCompile(`(?m)^Message-ID: <(.*)>`).FindStringSubmatch(text)[1]] = path
		if !slices.Contains(slices.Collect(maps.Values(all)), strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")) {
			t.Errorf("a copy differs from what was sent: %q", text)
		}
	}
	if len(near) != len(all) {
		t.Fatalf("of %d mails there are %q", len(all), near)
	}
	move(t, near["Shift_JIS@shop"], filepath.Join(box, "cur", filepath.Base(near["Shift_JIS@shop"])+"RS"))
	if err := os.Remove(near["EUC-JP@shop"]); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(box, "cur", "1.put.here:2,FS"), "Subject: put here\nTo: hanako@example.jp\n\ntext\n")
	marked(t, s, "offline", "hanako@example.jp", func(c *imapclient.Client) {
		flag := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagFlagged}}
		if err := c.Store(uidOf(t, c, "ISO-2022-JP@shop"), flag, nil).Close(); err != nil {
			t.Fatal(err)
		}
		gone := uidOf(t, c, "invoice@shop")
		flag.Flags = []imap.Flag{imap.FlagDeleted}
		if err := c.Store(gone, flag, nil).Close(); err != nil {
			t.Fatal(err)
		}
		if err := c.UIDExpunge(gone).Close(); err != nil {
			t.Fatal(err)
		}
	})
	post(t, s, "offline", map[string]string{"later": "Subject: later\r\nTo: hanako@example.jp\r\nMessage-ID: <later@shop>\r\n\r\ntext\r\n"})
	if did := syncs(); len(did) == 0 {
		t.Error("a second sync does nothing")
	}
	want := map[string][]imap.Flag{"ご登録の案内ISO-2022-JP": {imap.FlagFlagged}, "ご登録の案内Shift_JIS": {imap.FlagAnswered, imap.FlagSeen},
		"put here": {imap.FlagFlagged, imap.FlagSeen}, "later": nil}
	if diff := cmp.Diff(want, marked(t, s, "offline", "hanako@example.jp", func(*imapclient.Client) {})); diff != "" {
		t.Errorf("at the server (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"", "F", "FS", "RS"}, marksOf(found(t, filepath.Join(box, "*", "*")))); diff != "" {
		t.Errorf("here (-want +got):\n%s", diff)
	}
	if did := syncs(); len(did) > 0 {
		t.Errorf("where nothing has changed it does %q", did)
	}
	if mails, err := controls.Mails(t.Context(), "offline", "hanako@example.jp"); err != nil || len(mails) != 4 {
		t.Errorf("%+v %v", mails, err)
	}
}

func marksOf(paths []string) (all []string) {
	for _, path := range paths {
		_, marks, _ := strings.Cut(filepath.Base(path), ":2,")
		all = append(all, marks)
	}
	slices.Sort(all)
	return all
}

func found(t *testing.T, pattern string) []string {
	t.Helper()
	all, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func contents(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func move(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

// TestMuttReadsAndSends reads, seeks, marks, moves and deletes as a person does at the
// keyboard, and sends a mail with a file, of which it puts a copy into a mailbox.
func TestMuttReadsAndSends(t *testing.T) {
	t.Parallel()
	mutt, script := sandboxtest.Installed(t, "mutt"), sandboxtest.Installed(t, "script")
	s, controls := sandboxtest.Controlled(t)
	post(t, s, "mutt", letters(t))
	post(t, s, "mutt", map[string]string{"to taro": "To: taro@example.jp\r\nSubject: to taro\r\nMessage-ID: <taro@shop>\r\n\r\ntext\r\n"})
	dir := t.TempDir()
	rc, read := filepath.Join(dir, "rc"), filepath.Join(dir, "read")
	write(t, rc, "set imap_delim_chars=/ charset=utf-8 send_charset=utf-8 imap_user=mutt imap_pass=any\n"+
		"set smtp_pass=any smtp_authenticators=plain ssl_starttls=no ssl_force_tls=no\n"+
		"set folder=imap://"+s.IMAP+"/ spoolfile=+INBOX record=+taro@example.jp smtp_url=smtp://mutt@"+s.SMTP+"/\n"+
		"set mark_old=no delete=yes confirmappend=no wait_key=no quit=yes move=no sleep_time=0 pipe_decode=yes pipe_split=yes editor=true sort=subject\n"+
		"set from=taro@example.jp realname=太郎 use_from=yes\n")
	types := func(keys, arguments string) {
		t.Helper()
		line := fmt.Sprintf("HOME=%s TERM=vt100 LC_ALL=C.UTF-8 %s -n -F %s %s", dir, mutt, rc, arguments)
		if keys != "" {
			line += " -e 'push " + keys + "'"
		}
		if said, err := command(t, "", script, "-qec", line, "/dev/null"); err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
	}
	types("<tag-pattern>~A<enter><tag-prefix><pipe-message>cat>>"+read+"<enter><untag-pattern>~A<enter>"+
		"<search>ISO<enter><display-message><exit><limit>=b明細<enter><flag-message><limit>~A<enter>"+
		"<search>Shift<enter><save-message>+taro@example.jp<enter><search>EUC<enter><delete-message><sync-mailbox><quit>", "-f +hanako@example.jp")
	text := contents(t, read)
	for want := range letters(t) {
		if !strings.Contains(text, "Subject: "+want+"\n") {
			t.Errorf("%q is not read", want)
		}
	}
	if n := strings.Count(text, "認証コードは482913です。"); n != 3 {
		t.Errorf("the text is read %d times:\n%s", n, text)
	}
	nothing := func(*imapclient.Client) {}
	want := map[string][]imap.Flag{"ご登録の案内ISO-2022-JP": {imap.FlagSeen}, "invoice": {imap.FlagFlagged}}
	if diff := cmp.Diff(want, marked(t, s, "mutt", "hanako@example.jp", nothing)); diff != "" {
		t.Errorf("Hanako's mailbox (-want +got):\n%s", diff)
	}
	want = map[string][]imap.Flag{"ご登録の案内Shift_JIS": nil, "to taro": nil}
	if diff := cmp.Diff(want, marked(t, s, "mutt", "taro@example.jp", nothing)); diff != "" {
		t.Errorf("Taro's mailbox (-want +got):\n%s", diff)
	}
	file := filepath.Join(dir, "控え.txt")
	write(t, file, "控え")
	types("", "-s 件名 -a "+file+" -- hanako@example.jp < "+rc)
	m, err := controls.AwaitMail(t.Context(), "mutt", "hanako@example.jp", "", 0)
	if err != nil || m.Subject != "件名" || m.From != "太郎 <taro@example.jp>" ||
		!slices.EqualFunc(m.Attachments, []string{"控え.txt"}, func(a client.Attachment, name string) bool { return a.Name == name }) {
		t.Errorf("%+v %v", m, err)
	}
	if kept := marked(t, s, "mutt", "taro@example.jp", nothing); len(kept["件名"]) != 1 {
		t.Errorf("what was sent is kept as %q", kept)
	}
}
