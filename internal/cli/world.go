package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/say"
)

// worldUsage is what is done with worlds.
var worldUsage = []helpLine{
	{"netanswer world list", "ワールドの一覧", "worlds"},
	{"netanswer world fork WORLD [NEW]", "今のままの、新しいワールドを作る", "a new world as one is now"},
	{"netanswer world delete WORLD", "ワールドを消す", "end a world"},
	{"netanswer world keep WORLD SNAPSHOT", "今のワールドを、名前をつけて取っておく", "keep a world as it is now, under a name"},
	{"netanswer world kept", "スナップショットの一覧", "snapshots"},
	{"netanswer world begin SNAPSHOT [NEW]", "スナップショットから、新しいワールドを作る", "a new world as a snapshot is"},
	{"netanswer world restore WORLD SNAPSHOT", "ワールドを、スナップショットのときに戻す", "a world as a snapshot is, instead of what it was"},
	{"netanswer world forget SNAPSHOT", "スナップショットを消す", "end a snapshot"},
	{"netanswer world export WORLD FILE", "ワールドをファイルに書き出す", "write a world into a file"},
	{"netanswer world import FILE SNAPSHOT", "そのファイルを、スナップショットとして取り込む", "read such a file as a snapshot"},
}

// worldHelp is all that there is to know of the command.
func worldHelp(l say.Language) string {
	return l.Of("netanswer world は、動いているサンドボックスのワールドを一覧・分岐・保存します。\n\n",
		"netanswer world lists, forks and keeps the worlds of a running sandbox.\n\n") + helpText(worldUsage, l) + l.Of(`
フラグ: keep には -note 文 と -replace、import には -replace。-console、-control-token、
-control-token-file、-tls-cert は serve と同じ。
`, `
Flags: -note TEXT and -replace for keep, -replace for import; -console,
-control-token, -control-token-file and -tls-cert as for serve.
`)
}

// A worldVerb is one thing that is done with worlds: how many names it takes, and
// what it prints.
type worldVerb struct {
	least, most int
	do          func(w worldCall, ctx context.Context, names []string) error
}

// A worldCall is what a verb has of its command line.
type worldCall struct {
	out      io.Writer
	language say.Language
	controls *client.Client
	note     string
	replace  bool
}

var worldVerbs = map[string]worldVerb{
	"list":    {0, 0, worldCall.list},
	"fork":    {1, 2, worldCall.fork},
	"delete":  {1, 1, worldCall.delete},
	"keep":    {2, 2, worldCall.keep},
	"kept":    {0, 0, worldCall.kept},
	"begin":   {1, 2, worldCall.begin},
	"restore": {2, 2, worldCall.restore},
	"forget":  {1, 1, worldCall.forget},
	"export":  {2, 2, worldCall.export},
	"import":  {2, 2, worldCall.importing},
}

// usageOf is how a verb is called.
func usageOf(verb string) string {
	for _, l := range worldUsage {
		if strings.HasPrefix(l.call+" ", "netanswer world "+verb+" ") {
			return l.call
		}
	}
	return "netanswer world"
}

// worldCommand is `netanswer world VERB`.
func worldCommand(ctx context.Context, p Process, args []string) error {
	if len(args) == 0 {
		_, err := io.WriteString(p.Out, worldHelp(p.languageOf(args)))
		return err
	}
	var words []string
	var from console
	w := worldCall{out: plainWriter{p.Out}, language: p.languageOf(args)}
	set := p.settings("world", args)
	set.Usage = func() { fmt.Fprint(set.Output(), worldHelp(w.language)) } // who asks for help sees whether it came
	set.Words(&words)
	set.StringVar(&w.note, "note", "", "what a snapshot is good for")
	set.BoolVar(&w.replace, "replace", false, "replace a snapshot of that name")
	if err := from.parse(set, args, p.Environ); err != nil {
		return err
	}
	name := strings.Join(words[:min(1, len(words))], "")
	verb, known := worldVerbs[name]
	if !known {
		return fmt.Errorf("world: unknown verb %q\n\n%s", name, worldHelp(w.language))
	}
	names := words[1:]
	if len(names) < verb.least || len(names) > verb.most {
		return fmt.Errorf("world %s: want %s", name, usageOf(name))
	}
	var err error
	if w.controls, _, err = from.client(); err != nil {
		return fmt.Errorf("world: %w", err)
	}
	if err := verb.do(w, ctx, names); err != nil {
		return fmt.Errorf("world %s: %w", name, err)
	}
	return nil
}

func (w worldCall) list(ctx context.Context, _ []string) error {
	worlds, err := w.controls.Worlds(ctx, "")
	if err == nil && len(worlds) == 0 {
		_, err = fmt.Fprintln(w.out, w.language.Of("ワールドはまだありません", "there are no worlds yet"))
	}
	for _, each := range worlds {
		if _, err := fmt.Fprintf(w.out, w.language.Of("%-30s %s  登録%d、SMS%d、メール%d  %s\n",
			"%-30s %s  %d registrations, %d SMS, %d mails  %s\n"), each.Name, each.Clock.Now.Format("2006-01-02 15:04"),
			each.Counts.Registrations, each.Counts.SMS, each.Counts.Mail, each.MemberURL); err != nil {
			return err
		}
	}
	return err
}

func (w worldCall) kept(ctx context.Context, _ []string) error {
	snapshots, err := w.controls.Snapshots(ctx)
	if err == nil && len(snapshots) == 0 {
		_, err = fmt.Fprintln(w.out, w.language.Of("スナップショットはまだありません", "there are no snapshots yet"))
	}
	for _, s := range snapshots {
		if _, err := fmt.Fprintf(w.out, w.language.Of("%-30s %s から、%s  %s\n", "%-30s of %s, %s  %s\n"), s.Name, s.World,
			s.Clock.Now.Format("2006-01-02 15:04"), s.Note); err != nil {
			return err
		}
	}
	return err
}

// made prints a new world: its name, and where members find it.
func (w worldCall) made(world client.World, err error) error {
	if err == nil {
		_, err = fmt.Fprintln(w.out, world.Name, world.MemberURL)
	}
	return err
}

// second is the second of some names, "" where there is none.
func second(names []string) string {
	if len(names) > 1 {
		return names[1]
	}
	return ""
}

func (w worldCall) fork(ctx context.Context, names []string) error {
	return w.made(w.controls.Fork(ctx, names[0], second(names)))
}

func (w worldCall) begin(ctx context.Context, names []string) error {
	return w.made(w.controls.ForkSnapshot(ctx, names[0], second(names)))
}

func (w worldCall) restore(ctx context.Context, names []string) error {
	return w.made(w.controls.Restore(ctx, names[0], names[1]))
}

// delete ends a world. The API says nothing of one that is not there, so it is
// asked first: who typed a wrong name is to know.
func (w worldCall) delete(ctx context.Context, names []string) error {
	worlds, err := w.controls.Worlds(ctx, names[0])
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(worlds, func(each client.World) bool { return each.Name == names[0] }) {
		var damaged *client.Problem // no list shows such a world
		if _, err := w.controls.World(ctx, names[0]); !errors.As(err, &damaged) || damaged.Code != "world_damaged" {
			return fmt.Errorf("there is no world %s", names[0])
		}
	}
	return w.controls.Delete(ctx, names[0])
}

// forget ends a snapshot, which is asked for first, as in delete.
func (w worldCall) forget(ctx context.Context, names []string) error {
	snapshots, err := w.controls.Snapshots(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(snapshots, func(each client.Snapshot) bool { return each.Name == names[0] }) {
		return fmt.Errorf("there is no snapshot %s", names[0])
	}
	return w.controls.DeleteSnapshot(ctx, names[0])
}

func (w worldCall) keep(ctx context.Context, names []string) error {
	_, err := w.controls.Take(ctx, names[1], client.Taking{World: names[0], Note: w.note, Replace: w.replace})
	return err
}

func (w worldCall) export(ctx context.Context, names []string) error {
	document, err := w.controls.Export(ctx, names[0])
	if err != nil {
		return err
	}
	return os.WriteFile(names[1], document, 0o600)
}

func (w worldCall) importing(ctx context.Context, names []string) error {
	document, err := os.ReadFile(names[0])
	if err != nil {
		return err
	}
	if _, err = w.controls.Import(ctx, names[1], document, w.replace); err != nil {
		var refused *client.Problem
		if errors.As(err, &refused) && refused.Code == "document_invalid" {
			return fmt.Errorf("%s: %w", names[0], err)
		}
	}
	return err
}
