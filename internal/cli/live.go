package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/term"
	"golang.org/x/text/width"

	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/sandbox/world"
	"example.com/netanswer/steps/say"
)

// screen is a terminal that is written anew as a whole.
const (
	enterScreen = "\x1b[?1049h\x1b[?25l" // another one than the lines before, without a cursor
	leaveScreen = "\x1b[?25h\x1b[?1049l"
	writeAnew   = "\x1b[H"
	restOfLine  = "\x1b[K"
	restBelow   = "\x1b[J"
)

// shownWorlds is how many worlds the live view follows: those that began last.
const shownWorlds = 6

// terminalOf is the terminal that a process writes to, nil where it writes to a pipe or
// a file, where a job of CI runs it, and where the terminal can do no more than lines.
func terminalOf(p Process) *os.File {
	file, ok := p.Out.(*os.File)
	if !ok || p.variable("CI") != "" || p.variable("TERM") == "dumb" || !term.IsTerminal(int(file.Fd())) {
		return nil
	}
	return file
}

// A liveView is what serve shows on a terminal as long as it runs.
type liveView struct {
	sandbox *server.Sandbox
	told    *liveLog
	shown   string // what the terminal shows

	language say.Language
}

// follow shows the sandbox until ctx has ended or it has failed.
func (v *liveView) follow(ctx context.Context, file *os.File) error {
	beat := time.NewTicker(time.Second / 2)
	defer beat.Stop()
	fmt.Fprint(file, enterScreen)
	defer fmt.Fprint(file, leaveScreen)
	for {
		columns, rows, err := term.GetSize(int(file.Fd()))
		if err != nil {
			columns, rows = 80, 24
		}
		v.draw(file, v.lines(ctx), columns, rows)
		select {
		case <-ctx.Done():
			return nil
		case err := <-v.sandbox.Failed():
			return err
		case <-beat.C:
		}
	}
}

// draw writes lines that fit, where they are others than before.
func (v *liveView) draw(out io.Writer, lines []string, columns, rows int) {
	var text strings.Builder
	for i, line := range lines[:min(len(lines), rows)] {
		if i > 0 {
			text.WriteString("\r\n")
		}
		text.WriteString(fitting(line, columns) + restOfLine)
	}
	if text.String() == v.shown {
		return
	}
	v.shown = text.String()
	fmt.Fprint(out, writeAnew+v.shown+restBelow)
}

// lines are all that there is to show, the most wanted first.
func (v *liveView) lines(ctx context.Context) []string {
	l := v.language
	lines := []string{l.Of("Netアンサー新規登録サンドボックス（テスト専用）  Ctrl+C で終わります",
		"sandbox of the Netアンサー registration (TEST ONLY)  Ctrl+C ends it"), ""}
	s := v.sandbox
	for _, at := range []struct{ name, at, after string }{
		{l.Of("会員の画面", "members' pages"), s.Front(), "/"},
		{"JSON API", s.Front(), "/api/docs/"},
		{l.Of("コンソール", "console"), s.ConsoleURL, "/"},
	} {
		if at.at != "" {
			lines = append(lines, "  "+padded(at.name)+"  "+at.at+at.after)
		}
	}
	var providers []string
	for _, at := range []struct{ name, at string }{
		{"REST", s.RESTURL}, {"SMPP", s.SMPP}, {"SMTP", s.SMTP}, {"IMAP", s.IMAP}, {"SIP", s.SIP()},
	} {
		if at.at != "" {
			providers = append(providers, at.name+" "+strings.TrimPrefix(at.at, "http://"))
		}
	}
	name := l.Of("事業者", "providers")
	for some := range slices.Chunk(providers, 3) {
		lines, name = append(lines, "  "+padded(name)+"  "+strings.Join(some, "  ")), ""
	}
	if people := s.Service.Control().TestMembers(); s.MemberURL != "" && len(people) > 0 {
		c := people[0].Cards[0]
		lines = append(lines, l.Of("  %s  %s  %s  %s（%s。ほかはコンソールに）", "  %s  %s  %s  %s (%s; others are in the console)",
			padded(l.Of("テストカード", "test card")), c.Number, c.Expiry, c.SecurityCode, people[0].Called))
	}
	worlds, all, err := newestWorlds(ctx, s.Service.Control())
	if err != nil {
		return append(lines, "", l.Of("  ワールドを読めません: ", "  the worlds cannot be read: ")+plainLine(err.Error()))
	}
	lines = append(lines, "", l.Of("ワールド（%d）", "worlds (%d)", all))
	for _, m := range worlds {
		lines = append(lines, l.Of("  %-20s  %s  登録 %d  SMS %d  メール %d", "  %-20s  %s  registrations %d  SMS %d  mails %d",
			m.Name, m.Now.Format("15:04:05"), m.Registrations.Len(), len(m.SMS.Messages), len(m.Mailbox.Mails)))
	}
	lines = append(lines, "", l.Of("届いたもの", "what arrived"))
	lines = append(lines, arrivals(worlds, l)...)
	requests, logged := v.told.last()
	lines = append(lines, "", l.Of("リクエスト（会員の画面、JSON API、事業者）", "requests (members' pages, JSON API, providers)"))
	lines = append(lines, orNone(requests, l)...)
	if len(logged) > 0 {
		lines = append(append(lines, "", l.Of("記録", "log")), logged...)
	}
	return lines
}

// newestWorlds are the worlds that began last, and how many there are.
func newestWorlds(ctx context.Context, controls world.Control) (newest []world.Snapshot, all int, err error) {
	listed, err := controls.Listed(ctx)
	if err != nil || len(listed) == 0 {
		return nil, 0, err
	}
	byAge := func(a, b time.Time) int { return b.Compare(a) }
	slices.SortStableFunc(listed, func(a, b world.Listing) int { return byAge(a.CreatedAt, b.CreatedAt) })
	var names []string
	for _, l := range listed[:min(len(listed), shownWorlds)] {
		names = append(names, l.Name)
	}
	newest, err = controls.Worlds(ctx, names...)
	slices.SortStableFunc(newest, func(a, b world.Snapshot) int { return byAge(a.CreatedAt, b.CreatedAt) })
	return newest, len(listed), err
}

// arrivals are the last SMS and mails of the worlds, with their passcodes.
func arrivals(worlds []world.Snapshot, l say.Language) []string {
	type arrival struct {
		at   time.Time
		line string
	}
	var all []arrival
	add := func(m world.Snapshot, at time.Time, kind, to, code, text string) {
		if at.After(m.Now) {
			return // under way
		}
		if code != "" {
			text = l.Of("パスコード ", "passcode ") + code
		}
		all = append(all, arrival{at, fmt.Sprintf("  %s  %-12s  %s  %s  %s", at.Format("15:04:05"), m.Name, kind, to, plainLine(text))})
	}
	for _, m := range worlds {
		for _, sms := range m.SMS.Messages[max(0, len(m.SMS.Messages)-5):] {
			if sms.Reason != "" || sms.Lost {
				continue
			}
			code := ""
			if p := sms.Carried(); p != nil {
				code = p.Code
			}
			add(m, sms.DeliveredAt, "SMS   ", sms.To, code, sms.Body)
		}
		for _, mail := range m.Mailbox.Mails[max(0, len(m.Mailbox.Mails)-5):] {
			code := ""
			if mail.Passcode != nil {
				code = mail.Passcode.Code
			}
			add(m, mail.DeliveredAt, l.Of("メール", "mail  "), mail.To, code, mail.Subject)
		}
	}
	slices.SortStableFunc(all, func(a, b arrival) int { return b.at.Compare(a.at) })
	var lines []string
	for _, a := range all[:min(len(all), 6)] {
		lines = append(lines, a.line)
	}
	return orNone(lines, l)
}

func orNone(lines []string, l say.Language) []string {
	if len(lines) == 0 {
		return []string{l.Of("  まだありません", "  none yet")}
	}
	return lines
}

// plainLine is a text on one line and without what would steer a terminal: it is of
// strangers.
func plainLine(text string) string { return whiteSpace.Replace(say.Plain(text)) }

var whiteSpace = strings.NewReplacer("\n", " ", "\t", " ")

// fitting is as much of a line as has room: a Japanese letter takes two columns.
func fitting(line string, columns int) string {
	used := 0
	for i, r := range line {
		used++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			used++
		}
		if used > columns {
			return line[:i]
		}
	}
	return line
}
